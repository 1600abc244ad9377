/** What people call a security function when they ask whether it works. */
export const themes = [
  { title: 'Doors', functions: ['access', 'fire-release'] },
  { title: 'Cameras', functions: ['video'] },
  { title: 'Alarms', functions: ['alarm'] },
  { title: 'Operators', functions: ['soc'] },
  { title: 'Intercoms', functions: ['intercom'] },
  { title: 'Building control', functions: ['building-control'] },
] as const;
