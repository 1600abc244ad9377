import { fail, ok, problem, type Position, type Problem, type Result } from '@holdfast/kernel';
import { SaxesParser } from 'saxes';
import type { DecodedFile } from '../reading/decode.ts';

/** An element of an XML file, when it opens. */
export interface XmlElement {
  readonly name: string;
  /** The names of the elements around it, the root first. */
  readonly around: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly at: Position;
}

export interface XmlVisitor {
  readonly open: (element: XmlElement) => void;
  readonly close: (name: string, around: readonly string[]) => void;
  readonly text: (text: string, around: readonly string[]) => void;
}

const depthLimit = 50;
const chunk = 1 << 16;

/**
 * Walks over well-formed XML, and stops with `xml-syntax` at the first place that is not. Entities of a file's own are
 * refused, so that none expands: nmap writes only the five that XML has.
 * @see https://www.w3.org/TR/xml/
 */
export function walkXml(file: DecodedFile, visitor: XmlVisitor): Result<undefined, Problem> {
  const parser = new SaxesParser({ position: true, xmlns: false } as const);
  const around: string[] = [];
  const found: { broken?: Problem } = {};
  let opened: Position = { file: file.name, line: 1, column: 1 };
  const here = (): Position => ({ file: file.name, line: parser.line, column: parser.column + 1 });
  const stop = (message: string, hint?: string): void => {
    found.broken ??= problem('xml-syntax', message, { at: here(), hint });
  };
  parser.on('error', (error) => {
    stop(said(error.message), 'the file was cut off or changed by hand; export it again');
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(encoding))
      stop(`the file says that it is ${encoding}`, 'save it as UTF-8, and say so in its first line');
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('['))
      stop('the file declares entities of its own', 'nmap writes none; export it again');
  });
  parser.on('opentagstart', ({ name }) => {
    opened = { ...here(), column: Math.max(1, parser.column - name.length - 1) };
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (found.broken) return;
    if (around.length >= depthLimit) return stop(`this nests deeper than ${depthLimit} elements`);
    visitor.open({ name, around, attributes, at: opened });
    around.push(name);
  });
  parser.on('text', (text) => {
    if (!found.broken) visitor.text(text, around);
  });
  parser.on('closetag', ({ name }) => {
    if (found.broken) return;
    around.pop();
    visitor.close(name, around);
  });
  for (let at = 0; at < file.text.length && !found.broken; at += chunk)
    parser.write(file.text.slice(at, at + chunk));
  if (!found.broken) parser.close();
  return found.broken ? fail(found.broken) : ok(undefined);
}

/** The parser's words without the place, which is said apart. */
const said = (message: string): string => message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
