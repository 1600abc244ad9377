import type { DeviceClass, ZoneFunction } from '@holdfast/estate';

/** What a network with devices of a class is for. A class that says nothing of it is not named. */
export const functionOfClass: Readonly<Partial<Record<DeviceClass, ZoneFunction>>> = {
  camera: 'video',
  recorder: 'video',
  controller: 'access',
  module: 'access',
  reader: 'access',
  lock: 'access',
  hub: 'access',
  'alarm-panel': 'alarm',
  communicator: 'alarm',
  detector: 'alarm',
  intercom: 'intercom',
  'fire-panel': 'fire-release',
  'bms-controller': 'building-control',
  sensor: 'building-control',
  workstation: 'corporate',
  server: 'servers',
  switch: 'management',
  router: 'management',
  firewall: 'management',
  'access-point': 'management',
  ups: 'management',
};

/** The functions that protect people and things at a place. @see IEC 62443-3-2 ZCR 3.2 (business and control systems apart) */
export const securityFunctions = [
  'access',
  'fire-release',
  'video',
  'alarm',
  'intercom',
  'building-control',
] as const satisfies readonly ZoneFunction[];

/** Whether a zone of a function is for security. */
export const isSecurity = (name: string): boolean => securityFunctions.some((each) => each === name);
