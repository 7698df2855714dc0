import { writeFileSync } from 'node:fs';
import { detectionRulesPage } from './detection-rules-page.ts';

/** `npm run docs`: writes the pages that are made from data. */
writeFileSync('docs/detection-rules.md', detectionRulesPage());
