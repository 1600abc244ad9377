import { foldText } from '../text/fold.ts';
import { parseVersion } from '../version/parse-version.ts';
import type { Version } from '../version/version.ts';

/** A version as it stands in prose, with the words that belong to it. */
const version = String.raw`((?:mx-v|nvr-|illustra\.|v)?(?:[a-z]{1,4})?\d+(?:[.-]\d+)*(?:[a-z]\d*)?(?:-[a-z]{2}(?:-\d+)*(?=[ ,.;)]|$))?(?:_v?\d[\d.]*\d)*(?:\.? ?(?:sp|hf|cu|cuo|qu|sr|up|r|u|tcu|hotfixrev|build|patch)[ _]?\d[\d.]*)*(?: \(\d+\))?)`;
const lead = String.raw`(?:firmware |software |the )*(?:version |release |revision |firmware |v\.? ?)*`;
const target = String.raw`(?:[\w®™&/+()●•.,-]+ ){0,12}?`;

const later = String.raw`(?:or|and) (?:a )?(?:later|newer|higher|above|greater)`;

const patterns: readonly RegExp[] = [
  `\\b(?:update|upgrade|upgrading|updating|migrate)s?\\b[^;]{0,160}?\\bto:? (?:at least )?${target}${lead}${version}`,
  `\\b(?:update|upgrade)s?\\b[^;]{0,120}?\\bwith (?:the )?patch ${version}`,
  `\\b(?:install|update|upgrade)\\b ?:? ?(?:to )?${lead}${version} ${later}`,
  `\\b(?:update|upgrade)\\b [\\w -]{2,60} ${lead}${version} ${later}`,
  `\\b(?:released|provides|provided|available|developed|created|offers|issued)\\b[^;:]{0,160}?\\b(?:version|firmware|software|release|update,?|v)(?: version| revision| v)? ?${version}`,
  `\\breleased\\b [\\w -]{2,60} ${version} to (?:fix|address|resolve|mitigate)`,
  `\\b(?:fixed|resolved|patched|mitigated|addressed|corrected|remediated|resolves|fixes)\\b[^;:]{0,100}?\\b(?:in|with|as of|by)\\b[^;:]{0,60}?\\b${lead}${version}`,
  `\\bfixed version,? (?:[a-z]+ )?${version}`,
  `\\b${lead}${version}[^;]{0,60}? (?:includes? (?:a )?fix|is available)`,
  `${version},? ${later}\\b`,
  `(?:^|: )[^:]{2,120}: ?(?:please )?(?:update to |upgrade to |to |install )?(?:version |v)${version}(?: ${later})?\\.?$`,
  `\\bto the following versions? ${later}[^:]*: ?${version}$`,
  `^[a-z][a-z ]{3,40} ${version} ?\\(released`,
].map((source) => new RegExp(source, 'g'));

/** What a sentence must not say: then its versions are the affected ones, those of something else, or only a step on the way. */
const misleading =
  /\b(?:cvss|java|tls|ssl|openssl|\.net|chrome|firefox|internet explorer|port|running version|before applying|cannot be patched|hotfix(?:es)? for|patch(?:es)? for|disabl\w+|end of life|end-of-life|starting (?:in|with)|a minimum of|fixes for most|first be upgraded|provides support|newer models|monitor the|using (?:firmware )+version|security notice|need assistance|not been updated)\b|\bhttp|\.json,|^if\b|^(?:for|only for)\b[^:]* versions\b/;

/** A version that a sentence says mends something. */
export interface MinedFix {
  readonly version: Version;
  readonly sentence: string;
  /** The CVE ids that the sentence names; it is for them alone where it names any. */
  readonly cves: readonly string[];
}

/**
 * The versions that prose says to update to, each with its sentence. Strict: only sentences that tell to update or say what mends,
 * so that a version named for another reason is not taken for the fix.
 */
export function mineFixes(prose: string): readonly MinedFix[] {
  const found: MinedFix[] = [];
  const seen = new Set<string>();
  for (const sentence of sentencesOf(prose)) {
    const text = foldText(sentence)
      .replaceAll(/- download:.*$/g, '')
      .replaceAll(
        /\(login required\)|https?:\S+|\b(?:microsoft supported versions of )?windows (?:server )?[\d,& and]*/g,
        '',
      )
      .replaceAll(/ +/g, ' ')
      .trim();
    if (misleading.test(text)) continue;
    for (const written of versionsIn(text)) {
      const read = parseVersion(written);
      if (read === undefined || seen.has(written)) continue;
      seen.add(written);
      found.push({
        version: { ...read, written: shown(written, sentence) },
        sentence: sentence.replaceAll(/\s+/g, ' ').trim(),
        cves: (sentence.match(/CVE-\d{4}-\d{4,}/g) ?? []).slice(),
      });
    }
  }
  return found;
}

/**
 * The versions that a description ends its lines at: `8.70 prior to 8.70.2526 (MR6)` is mended there.
 * Only those that come after the line's own number, so that no other version is taken for an end.
 */
export function minePriorTo(prose: string): readonly Omit<MinedFix, 'cves'>[] {
  const text = prose.replaceAll(/\s+/g, ' ');
  return [
    ...text.matchAll(
      /\b(?:v?[A-Za-z]{0,3} ?(\d+\.\d+)) prior to ((?:v?[A-Za-z]{0,3})?\d[\w.]*\w)(?: ?\([^()]*\))?/g,
    ),
  ].flatMap((found) => {
    const [sentence, line = '', written = ''] = found;
    const version = parseVersion(written);
    return version === undefined || !written.replace(/^[A-Za-z]+/, '').startsWith(line)
      ? []
      : [{ version, sentence }];
  });
}

/** The version as the sentence spells it, not in the small letters that it was found by. */
function shown(written: string, sentence: string): string {
  const index = sentence.toLowerCase().indexOf(written);
  return index < 0 ? written : sentence.slice(index, index + written.length).replace(/[. ]+$/, '');
}

function versionsIn(text: string): readonly string[] {
  const versions: string[] = [];
  for (const pattern of patterns)
    for (const found of text.matchAll(pattern)) {
      const written = found[1];
      if (written === undefined || !isLikely(written)) continue;
      versions.push(written);
      const end = found.index + found[0].length;
      versions.push(...furtherIn(text.slice(end)));
    }
  return [...new Set(versions)];
}

/** `v4.10.111, v5.00.171 or v6.00.204`: the list goes on behind the first. */
function furtherIn(rest: string): readonly string[] {
  const list = new RegExp(String.raw`^,? ?(?:or |and )?v?(\d+(?:\.\d+)+[a-z]?)(?=[ ,.;]|$)`);
  const versions: string[] = [];
  let text = rest;
  for (let found = list.exec(text); found !== null; found = list.exec(text)) {
    versions.push(found[1] ?? '');
    text = text.slice(found[0].length);
  }
  return versions;
}

/** A bare number is a version only with a word before it or a point in it. */
const isLikely = (written: string): boolean =>
  /\d[.-]\d/.test(written) || /^v?\d+[a-z]/.test(written) || /^(?:ip|mp)\d{1,2}(?:$| )/.test(written);

/** Sentences: a full stop inside a version does not end one. */
const sentencesOf = (prose: string): readonly string[] =>
  prose
    .split(/(?<=[a-z\d)]\.)\s+(?=[A-Z][a-z])|\n|(?<=[a-z]\.)(?=[A-Z][a-z]+ )|;\s/)
    .filter((each) => each.trim() !== '');
