import type { AuditDocument } from '@holdfast/audit';

/** An audit as self-contained HTML: the page, the cards for a guard desk, and the paper that a PDF is printed from. */
export interface Pages {
  readonly html: (document: AuditDocument) => string;
  readonly cards: (document: AuditDocument) => string;
  readonly paper: (document: AuditDocument) => string;
}

/** Loads what makes pages: most of the package, which a command that prints text need not wait for. */
export async function loadPages(): Promise<Pages> {
  const [{ auditCards, auditHtml }, { auditPaper }] = await Promise.all([
    import('./page.ts'),
    import('./paper.ts'),
  ]);
  return { html: auditHtml, cards: auditCards, paper: auditPaper };
}
