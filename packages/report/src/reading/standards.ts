/** How the standards are called whose controls findings bear on. */
export const standardTitles: Readonly<Record<string, string>> = {
  iso27001: 'ISO/IEC 27001:2022',
  'iec62443-3-3': 'IEC 62443-3-3',
  'iec62443-3-2': 'IEC 62443-3-2',
  'iec62443-2-1': 'IEC 62443-2-1',
  'nist-csf': 'NIST CSF 2.0',
  'nist-800-53': 'NIST SP 800-53',
  cis: 'CIS Controls v8',
  'cisa-cpg': 'CISA CPG',
  nis2: 'NIS 2 (EU 2024/2690)',
  anssi: 'ANSSI',
};
