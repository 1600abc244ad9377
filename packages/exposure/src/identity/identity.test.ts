import { describe, expect, it } from 'vitest';
import { codePattern } from './code-pattern.ts';
import { expandSlashes } from './expand-slashes.ts';
import { matchName } from './match-name.ts';
import { readProductName } from './product-name.ts';
import { vendorKeys } from './vendor-names.ts';

describe('vendors', () => {
  it.each([
    ['GeutebrÃ¼ck', ['geutebruck']],
    ['Geutebrueck GmbH', ['geutebruck']],
    ['Kantech, Johnson Controls Inc.', ['kantech', 'johnsoncontrols']],
    [
      'Sensormatic Electronics, LLC, a subsidiary of Johnson Controls Inc.',
      ['sensormatic', 'johnsoncontrols'],
    ],
    ['Dahua Technology Co, Ltd', ['dahua']],
    ['Hangzhou Xiongmai Technology Co, Ltd', ['xiongmai']],
    ['D-Link', ['dlink']],
    ['kieback\\&peter', ['kiebackpeter']],
    ['Axis Communications AB', ['axis']],
    ['n/a', []],
  ])('%s is %j', (written, keys) => {
    expect(vendorKeys(written)).toEqual(keys);
  });

  it('keeps companies of like names apart', () => {
    expect(vendorKeys('Bosch Rexroth AG')).not.toEqual(vendorKeys('Bosch Security Systems'));
    expect(vendorKeys('Delta Controls')).not.toEqual(vendorKeys('Delta Electronics'));
    expect(vendorKeys('Satel')).not.toEqual(vendorKeys('Satel Iberia'));
  });
});

describe('model numbers with places left open', () => {
  it.each([
    ['DS-2CD2xx2FWD', 'ds2cd2142fwdi', true],
    ['DS-2CD2xx2FWD', 'ds2cd2143g0i', false],
    ['NVR4XXX', 'nvr421616p', true],
    ['IPC-HX2XXX', 'ipchdbw2431e', false],
    ['IPC-HX2XXX', 'ipchfw2431s', true],
    ['EMAxxx', 'emab04', true],
    ['TSW-X60', 'tsw760', true],
  ])('%s means %s: %s', (pattern, model, isMeant) => {
    expect(codePattern(pattern, false)?.pattern.test(model)).toBe(isMeant);
  });

  it('takes an x that belongs to a name for a letter', () => {
    for (const name of ['XPort', 'X-320M', 'PXC50-E.D', 'XL1000C500'])
      expect(codePattern(name, false)).toBeUndefined();
  });

  it('reads slashes as alternatives, and keeps those that belong to a number', () => {
    expect(expandSlashes('PXC00/50-E.D')).toContain('PXC50-E.D');
    expect(expandSlashes('Metasys ADS/ADX/OAS Servers')).toContain('Metasys ADX Servers');
    expect(expandSlashes('DS-7604NI-K1/4P')).toContain('DS-7604NI-K1/4P');
  });
});

describe('names of products', () => {
  const strength = (model: string, product: string, vendor = ''): string | undefined => {
    const [a, b] = [readProductName(model, vendor).forms, readProductName(product, vendor).forms];
    const found = new Set(a.flatMap((each) => b.flatMap((other) => matchName(each, other)?.strength ?? [])));
    return (['exact', 'family', 'part', 'kind'] as const).find((each) => found.has(each));
  };

  it.each([
    ['KT400', 'Kantech KT400 Door Controller, Rev01', 'exact'],
    ['KT-400', 'Kantech KT400 Door Controller, Rev01', 'exact'],
    ['C-CURE 9000', 'Software House C●CURE 9000', 'exact'],
    ['C•CURE 9000', 'Software House C●CURE 9000 Site Server', 'part'],
    ['iSTAR Ultra', 'iSTAR Ultra LT', 'part'],
    ['iSTAR Ultra G2', 'iSTAR Edge G2', undefined],
    ['exacqVision Server', 'exacqVision Web Service', undefined],
    ['DS-2CD2142FWD-I', 'DS-2CD2xx2FWD Series', 'family'],
    ['DS-2CD4026FWD-A', 'DS- 2CD4x2xFWD Series', 'family'],
    ['EFD-2250', 'G-Cam/EFD-2250', 'exact'],
    ['APOGEE PXC Compact', 'APOGEE PXC Compact (BACnet)', 'family'],
    ['APOGEE PXC Compact (BACnet)', 'APOGEE PXC Compact (BACnet)', 'exact'],
    ['Climatix POL909 (AWM module)', 'Climatix POL909 (AWB module)', 'part'],
    ['NVRmini 2', 'NVRmini2 NVRsolo', 'exact'],
    ['Tracer SC', 'Tracer SC+', undefined],
    ['Siveillance VMS 2017 R2', 'Siveillance VMS 2018 R1', undefined],
    ['P3265-LVE', 'IP Cameras', 'kind'],
  ])('%s and %s: %s', (model, product, expected) => {
    expect(strength(model, product)).toBe(expected);
  });

  it('reads a version line out of a name', () => {
    expect(readProductName('Desigo CC V5.0', 'Siemens').line?.parts[0]?.numbers).toEqual([5]);
    expect(readProductName('Niagara AX 3.8u4', 'Tridium').line?.written).toBe('3.8u4');
    expect(readProductName('SmartServer 2', 'Echelon').line).toBeUndefined();
  });
});
