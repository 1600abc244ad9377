import type { FindingKind } from './finding-kind.ts';
import { segmentationKinds } from './segmentation/segmentation-kinds.ts';

/** @see ISO/IEC 27001:2022 Annex A, IEC 62443, NIST CSF 2.0, NIST SP 800-53 r5, CIS v8, CISA CPG 2.0, NIS2 implementing regulation 2024/2690, ANSSI */
export const findingKinds = {
  'OUT-SPOF-NET': {
    title: 'Single network element whose loss removes a security function',
    remedy:
      'Give what hangs on it a second way: another switch or uplink by another path, or a device that goes on by itself.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.30', 'A.8.14', 'A.5.29'],
      'iec62443-3-3': ['SR 7.1', 'SR 7.4'],
      'iec62443-3-2': ['ZCR 5.2'],
      'iec62443-2-1': ['AVAIL 1.1'],
      'nist-csf': ['PR.IR-03', 'PR.IR-04', 'ID.RA-01'],
      'nist-800-53': ['CP-2(8)', 'CP-8(2)', 'SI-13'],
      nis2: ['2.1.2.d', '4.2.4.a'],
      anssi: ['R64'],
    },
  },
  'OUT-SPOF-PWR': {
    title: 'No or insufficient standby power for a security function',
    remedy:
      'Put every device on the way on standby power that lasts as long as the target, the switch as well as the recorder.',
    acceptable: true,
    controls: {
      iso27001: ['A.7.11', 'A.8.14', 'A.5.30'],
      'iec62443-3-3': ['SR 7.5'],
      'iec62443-2-1': ['AVAIL 1.2'],
      'nist-csf': ['PR.IR-02', 'PR.IR-03'],
      'nist-800-53': ['PE-11', 'PE-9'],
      nis2: ['13.1.2.a', '13.1.2.f'],
      anssi: ['R92'],
    },
  },
  'OUT-SPOF-REC': {
    title: 'Recorder / server without failover; footage lost on failure',
    remedy:
      'Add a failover recorder, or storage in the cameras with backfill, so that no recording rests on one machine.',
    acceptable: true,
    controls: {
      iso27001: ['A.8.14', 'A.5.33', 'A.8.13'],
      'iec62443-3-3': ['SR 7.3', 'SR 7.4'],
      'iec62443-2-1': ['AVAIL 2.1'],
      'nist-csf': ['PR.DS-11', 'PR.IR-03'],
      'nist-800-53': ['CP-9', 'CP-10', 'AU-11'],
      cis: ['11.2'],
      'cisa-cpg': ['3.O'],
      nis2: ['4.2.4.a'],
      anssi: ['R94'],
    },
  },
  'OUT-CLOUD-DEP': {
    title: 'Door decision or recording depends on WAN/cloud reachability',
    remedy:
      'Choose or configure a fallback that decides and records on site for as long as the target, and ask the vendor for it in writing.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.23', 'A.5.30', 'A.8.14', 'A.8.21'],
      'iec62443-3-3': ['SR 7.1', 'SR 7.4'],
      'iec62443-2-1': ['NET 1.4'],
      'nist-csf': ['PR.IR-03', 'GV.OC-05'],
      'nist-800-53': ['CP-8', 'CP-2(8)', 'SA-9'],
      nis2: ['4.2.4.d'],
      anssi: ['R96'],
    },
  },
  'OUT-BATT': {
    title: 'Controller/UPS battery test overdue',
    remedy: 'Test the battery under load, write the date into the estate, and repeat it every year.',
    acceptable: true,
    controls: {
      iso27001: ['A.7.11', 'A.7.13'],
      'iec62443-3-3': ['SR 7.5'],
      'iec62443-2-1': ['AVAIL 1.2'],
      'nist-csf': ['PR.PS-03'],
      'nist-800-53': ['PE-11'],
      nis2: ['13.1.3'],
      anssi: ['R92'],
    },
  },
  'OUT-ALARM-PATH': {
    title: 'Single-path alarm transmission or unsupervised path',
    remedy:
      'Add a second path over another medium and another operator, supervised within the reporting time of the site’s grade.',
    acceptable: true,
    controls: {
      iso27001: ['A.8.14', 'A.7.4', 'A.8.16'],
      'iec62443-3-3': ['SR 7.1'],
      'iec62443-2-1': ['AVAIL 1.1'],
      'nist-csf': ['DE.CM-02'],
      'nist-800-53': ['CP-8(1)', 'PE-6'],
      nis2: ['4.2.4.d'],
    },
  },
  'OUT-LIFE-SAFETY': {
    title: 'Fire release / egress depends on network, server or software',
    remedy:
      'Until it is mended, post a guard or pin the door open. Then fit a release that cuts the lock power by hardwire, and the fire interface.',
    acceptable: false,
    controls: {
      iso27001: ['A.5.29', 'A.7.5', 'A.5.31'],
      'iec62443-3-3': ['SR 3.6'],
      'iec62443-3-2': ['ZCR 3.3'],
      'iec62443-2-1': ['NET 1.3', 'AVAIL 1.3'],
      'nist-csf': ['PR.IR-02'],
      'nist-800-53': ['SC-24', 'SI-17'],
      nis2: ['6.8.2.c'],
      anssi: ['R97'],
    },
  },
  'OUT-RTO': {
    title: 'Measured/simulated recovery exceeds agreed RTO',
    remedy:
      'Shorten what the explanation names (start-up, resynchronisation, a lease), or agree on a longer time in `back`.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.30', 'A.5.29'],
      'iec62443-3-3': ['SR 7.4'],
      'iec62443-2-1': ['AVAIL 1.1'],
      'nist-csf': ['RC.RP-02', 'PR.IR-03'],
      'nist-800-53': ['CP-10', 'CP-4'],
      nis2: ['4.1.4'],
      anssi: ['R64'],
    },
  },
  'OUT-TEST-OVERDUE': {
    title: 'Failover / continuity test overdue or no record',
    remedy: 'Cut it off on purpose once, see that what must hold does, and write the date into the estate.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.30', 'A.5.29', 'A.8.14'],
      'iec62443-3-3': ['SR 3.3'],
      'iec62443-2-1': ['AVAIL 2.3'],
      'nist-csf': ['ID.IM-02'],
      'nist-800-53': ['CP-4'],
      cis: ['17.7'],
      'cisa-cpg': ['6.A'],
      nis2: ['4.1.4', '4.2.6'],
    },
  },
  'OUT-BACKUP': {
    title: 'No restorable backup of PACS/VMS/switch configuration',
    remedy:
      'Export the configuration, keep the copy elsewhere, restore it once onto a spare, and write dates and place into the estate.',
    acceptable: true,
    controls: {
      iso27001: ['A.8.13'],
      'iec62443-3-3': ['SR 7.3'],
      'iec62443-2-1': ['AVAIL 2.1', 'AVAIL 2.3'],
      'nist-csf': ['PR.DS-11'],
      'nist-800-53': ['CP-9'],
      cis: ['11.2', '11.5'],
      'cisa-cpg': ['3.O'],
      nis2: ['4.2.1', '4.2.3'],
      anssi: ['R94'],
    },
  },
  'OUT-SPOF-ROOM': {
    title: 'One room whose loss removes a security function',
    remedy:
      'Move one of each pair to another fire compartment, or let what hangs on the room go on by itself.',
    acceptable: true,
    controls: {
      iso27001: ['A.7.5', 'A.8.14', 'A.5.30'],
      'iec62443-3-3': ['SR 7.1', 'SR 7.4'],
      'iec62443-2-1': ['AVAIL 1.1'],
      'nist-csf': ['PR.IR-02', 'PR.IR-03'],
      'nist-800-53': ['PE-18', 'CP-2(8)'],
    },
  },
  'OUT-RELAY-SIDE': {
    title: 'Lock relay within reach of the unsecured side',
    remedy: 'Move the relay to the protected side, or fit a tamper-proof relay module there.',
    acceptable: true,
    controls: {
      iso27001: ['A.7.2', 'A.7.8'],
      'iec62443-3-3': ['SR 2.1'],
      'nist-csf': ['PR.AA-06'],
      'nist-800-53': ['PE-3', 'PE-3(5)'],
    },
  },
  'GOV-RET-SHORT': {
    title: 'Retention below regulatory minimum',
    remedy: 'Add storage, lower the bit rate, or spread the cameras over more recorders.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.31', 'A.5.33'],
      'iec62443-3-3': ['SR 2.9'],
      'iec62443-2-1': ['DATA 1.4'],
      'nist-csf': ['GV.OC-03'],
      'nist-800-53': ['AU-11'],
      cis: ['3.4'],
      nis2: ['3.2.5'],
    },
  },
  'GOV-RET-EXCESS': {
    title: 'Retention above lawful maximum',
    remedy: 'Set automatic deletion at the lawful maximum and note it as a fact of the recorder.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.34', 'A.8.10', 'A.5.31'],
      'iec62443-3-3': ['SR 4.2'],
      'iec62443-2-1': ['DATA 1.4'],
      'nist-csf': ['GV.OC-03'],
      'nist-800-53': ['AU-11'],
      cis: ['3.4'],
    },
  },
  'GOV-COVERAGE': {
    title: 'Required area without working camera coverage',
    remedy: 'Cover the area or its doors with a camera, or state why none is wanted.',
    acceptable: true,
    controls: {
      iso27001: ['A.7.4', 'A.5.31'],
      'iec62443-2-1': ['ORG 3.1'],
      'nist-csf': ['DE.CM-02'],
      'nist-800-53': ['PE-6'],
      nis2: ['13.3.2.d'],
      anssi: ['R60', 'R61'],
    },
  },
  'OUT-REVOKE-LAG': {
    title: 'A revoked badge still opens although nothing has failed',
    remedy: 'Shorten the update interval, or collect the badge and visit the lock with every dismissal.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.15', 'A.5.18', 'A.7.2'],
      'iec62443-3-3': ['SR 1.3', 'SR 2.1'],
      'iec62443-2-1': ['USER 1.2'],
      'nist-csf': ['PR.AA-01', 'PR.AA-05'],
      'nist-800-53': ['AC-2(3)', 'PE-2'],
      nis2: ['11.2.2.b'],
    },
  },
  'OUT-NO-SERVICE': {
    title: 'Function that does not work even with nothing at fault',
    remedy: 'Complete or mend what the explanation names: something is missing, failed, or not declared.',
    acceptable: true,
    controls: {
      iso27001: ['A.8.14', 'A.5.30'],
      'iec62443-3-3': ['SR 7.1'],
      'nist-csf': ['PR.IR-03'],
      'nist-800-53': ['CP-10', 'SI-13'],
    },
  },
  'OUT-BLACK-START': {
    title: 'Devices that cannot start by themselves, each waiting for the other',
    remedy:
      'Break the circle: let one of them start without the others, and write down the order of a restart.',
    acceptable: true,
    controls: {
      iso27001: ['A.5.29', 'A.5.30', 'A.8.14'],
      'iec62443-3-3': ['SR 7.4'],
      'iec62443-2-1': ['AVAIL 1.1'],
      'nist-csf': ['RC.RP-02', 'PR.IR-03'],
      'nist-800-53': ['CP-10', 'CP-2'],
      nis2: ['4.1.4'],
    },
  },
  'OUT-FIRE-PERIMETER': {
    title: 'One fire signal unlocks the way in from outside',
    remedy:
      'Let people out without letting others in: a mechanical exit on a fail-secure lock; or plan a guard at these doors for every alarm.',
    acceptable: true,
    controls: {
      iso27001: ['A.7.1', 'A.7.2', 'A.5.29'],
      'iec62443-3-3': ['SR 2.1', 'SR 7.1'],
      'nist-csf': ['PR.AA-06', 'PR.IR-02'],
      'nist-800-53': ['PE-3', 'PE-6'],
    },
  },
  ...segmentationKinds,
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingId = keyof typeof findingKinds;
