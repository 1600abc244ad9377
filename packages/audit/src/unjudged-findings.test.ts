import { loadEstate } from '@holdfast/estate';
import { describe, expect, it } from 'vitest';
import { audit } from './audit.ts';

function findingsOf(more: string): readonly string[] {
  const text = `holdfast: 1
sites: { s: { name: Site, timeZone: UTC } }
areas: { hall: { name: Hall, in: s, class: staff } }
profiles: { t/cam: { class: camera, name: Camera, provides: { records: running, keeps: running } } }
devices:
  cam-1: { name: Camera 1, profile: t/cam, at: hall }
  cam-2: { name: Camera 2, profile: t/cam, at: hall }
${more}`;
  const loaded = loadEstate([{ name: 'a.yaml', text }]);
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error));
  const done = audit(loaded.value, { start: Date.UTC(2026, 10, 23, 8), today: '2026-11-23' });
  if (done.kind === 'error') throw new Error(JSON.stringify(done.error));
  return done.value.findings.map(({ verdict, message }) => `${verdict}: ${message}`);
}

describe('what is not judged', () => {
  it('is a finding where a site has nothing to judge', () => {
    expect(findingsOf('')).toEqual(
      expect.arrayContaining([
        'unknown: Nothing is judged of Site: it has no door, no view, no alarm that the estate describes.',
        'unknown: Cameras in no view, so that nothing is asked of them: Camera 1, Camera 2.',
      ]),
    );
  });

  it('names only the cameras that no view has', () => {
    const found = findingsOf('views: { v: { name: Hall, of: hall, cameras: cam-1 } }').join('\n');
    expect(found).not.toContain('Nothing is judged');
    expect(found).toContain('nothing is asked of them: Camera 2.');
  });
});
