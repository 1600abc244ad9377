import type { AuditDocument } from '@holdfast/audit';
import { sha256 } from '@holdfast/kernel';
import { Markup, markup, type Markup as Fragment } from './markup.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { signs } from './story.ts';

/** What a page is made for. */
export interface FrameOptions {
  readonly title: string;
  /** On the root element: `paper` where nothing can be unfolded, `cards-only`. */
  readonly mode?: string;
  readonly script: boolean;
}

/** A self-contained document: its own style, at most its own script, and nothing from anywhere else. */
export function frame(body: Fragment, { title, mode = '', script }: FrameOptions): string {
  const scripts = script ? `'${scriptHash()}'` : "'none'";
  return markup`<!doctype html>
<html lang="en" class="${mode}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src ${new Markup(scripts)}; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">
<title>${title}</title><style>${new Markup(pageStyle)}</style></head>
<body><a class="skip" href="#main">To the answer</a>${signs}
${body}${script ? markup`<script>${new Markup(pageScript)}</script>` : ''}</body></html>
`.text;
}

/** `Moosbach branch: Holdfast audit`; a portfolio by its number of sites. */
export const titleOf = ({ estate: { sites } }: AuditDocument, what: string): string =>
  `${sites.length > 4 ? `${sites.length} sites` : sites.map(({ name }) => name).join(', ')}: ${what}`;

/** The hash by which the page's own script, and no other, may run. */
function scriptHash(): string {
  const bytes = Uint8Array.from(sha256(pageScript).slice('sha256:'.length).match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
