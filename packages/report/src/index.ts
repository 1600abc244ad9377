export { auditHtml } from './page/page.ts';
export { auditMarkdown } from './text/audit-markdown.ts';
export { auditSarif } from './text/audit-sarif.ts';
export { auditTable, type TerminalOptions } from './text/audit-table.ts';
export { outageText } from './text/outage-text.ts';
export { trialMarkdown } from './text/trial-markdown.ts';
export { questionnaireMarkdown } from './text/questionnaire-markdown.ts';
export { questionnaireTable } from './text/questionnaire-table.ts';
