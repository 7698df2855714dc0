// Preloaded into a measured process: writes its peak memory where PHI_GATE_BENCH_USAGE says.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const path = process.env.PHI_GATE_BENCH_USAGE;
  if (path) writeFileSync(path, JSON.stringify({ maxRssKilobytes: process.resourceUsage().maxRSS }));
});
