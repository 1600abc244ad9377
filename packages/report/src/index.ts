export { auditCards, auditHtml } from './page/page.ts';
export { auditPaper } from './page/paper.ts';
export { auditJunit } from './text/audit-junit.ts';
export { auditMarkdown } from './text/audit-markdown.ts';
export { auditSarif } from './text/audit-sarif.ts';
export { auditTable, type TerminalOptions } from './text/audit-table.ts';
export { outageText } from './text/outage-text.ts';
