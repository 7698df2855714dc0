import type { DocumentLimits } from '../../src/documents/document.ts';

export const LIMITS: DocumentLimits = {
  documentBytes: 16 << 20,
  documentPages: 100,
  documentSeconds: 60,
  framePixels: 16 << 20,
};
