import type { CapabilityName } from '../compile/model.ts';
import type { Verdict } from './timeline.ts';

/** What each capability is called, and how its loss, return and doubt are told of places. */
export interface Phrase {
  readonly title: string;
  readonly tells: Readonly<Record<Verdict, string>>;
  /** Whether its loss, by itself, lets somebody in, traps somebody, blinds, or only costs comfort. */
  readonly weight: 'harm' | 'loss' | 'comfort';
}

const phrase = (
  title: string,
  weight: Phrase['weight'],
  fails: string,
  holds: string,
  unknown: string,
): Phrase => ({ title, weight, tells: { fails, holds, unknown } });

export const phrases: Readonly<Record<CapabilityName, Phrase>> = {
  secured: phrase(
    'Secured',
    'harm',
    'no longer keeps people without right out',
    'keeps people without right out again',
    'may no longer keep people without right out',
  ),
  'admits-known': phrase(
    'Admits known badges',
    'loss',
    'opens for no badge',
    'opens for known badges again',
    'may not open for known badges',
  ),
  'refuses-revoked-before': phrase(
    'Refuses badges revoked before',
    'harm',
    'opens for badges that were revoked the day before',
    'refuses badges revoked the day before again',
    'may open for badges that were revoked the day before',
  ),
  'refuses-revoked-during': phrase(
    'Refuses badges revoked during',
    'harm',
    'opens for badges revoked since the start',
    'refuses badges revoked since the start',
    'may open for badges revoked since the start',
  ),
  'admits-enrolled-during': phrase(
    'Admits badges enrolled during',
    'comfort',
    'refuses badges enrolled since the start',
    'admits badges enrolled since the start',
    'may refuse badges enrolled since the start',
  ),
  'admits-visitor': phrase(
    'Admits visitors',
    'comfort',
    'admits no new visitor',
    'admits visitors again',
    'may admit no new visitor',
  ),
  'admits-mobile': phrase(
    'Admits mobile credentials',
    'comfort',
    'opens for no phone',
    'opens for phones again',
    'may not open for phones',
  ),
  'opens-remotely': phrase(
    'Opens on remote command',
    'comfort',
    'cannot be opened from afar',
    'can be opened from afar again',
    'perhaps cannot be opened from afar',
  ),
  egress: phrase(
    'Lets people out',
    'harm',
    'does not let people out',
    'lets people out again',
    'may not let people out',
  ),
  'reports-forced': phrase(
    'Reports forced or held',
    'loss',
    'reports no forcing',
    'reports forcing again',
    'may report no forcing',
  ),
  'releases-on-fire': phrase(
    'Releases on fire',
    'harm',
    'would not release on the fire signal',
    'would release on the fire signal again',
    'may not release on the fire signal',
  ),
  records: phrase('Records', 'loss', 'is not recorded', 'is recorded again', 'may not be recorded'),
  'keeps-recordings': phrase(
    'Keeps recordings',
    'loss',
    'loses what is recorded now',
    'keeps what is recorded again',
    'may lose what is recorded now',
  ),
  live: phrase('Live view', 'loss', 'cannot be watched', 'can be watched again', 'perhaps cannot be watched'),
  playback: phrase(
    'Playback',
    'comfort',
    'cannot be played back',
    'can be played back again',
    'perhaps cannot be played back',
  ),
  detects: phrase(
    'Detects',
    'loss',
    'detects no intruder',
    'detects intruders again',
    'may detect no intruder',
  ),
  sets: phrase(
    'Can be set and unset',
    'loss',
    'can be neither set nor unset',
    'can be set and unset again',
    'perhaps can be neither set nor unset',
  ),
  sounds: phrase('Sounds locally', 'loss', 'makes no sound', 'sounds again', 'may make no sound'),
  'reaches-operator': phrase(
    'Reaches the operator',
    'loss',
    'tells no operator of an alarm',
    'tells the operator of alarms again',
    'may tell no operator of an alarm',
  ),
  'reaches-centre': phrase(
    'Reaches the monitoring centre',
    'loss',
    'sends no alarm to the monitoring centre',
    'sends alarms to the monitoring centre again',
    'may send no alarm to the monitoring centre',
  ),
  'controls-locally': phrase(
    'Controls locally',
    'loss',
    'holds no setpoint or schedule',
    'holds its setpoints again',
    'may hold no setpoint or schedule',
  ),
  cools: phrase('Cools', 'loss', 'is not cooled', 'is cooled again', 'may not be cooled'),
  commanded: phrase(
    'Can be commanded',
    'comfort',
    'takes no command',
    'takes commands again',
    'may take no command',
  ),
  'call-answered': phrase(
    'Calls are answered',
    'loss',
    'has no answer to its intercom',
    'has its intercom answered again',
    'may have no answer to its intercom',
  ),
  'opens-from-call': phrase(
    'Opens from a call',
    'comfort',
    'cannot be opened from the intercom',
    'can be opened from the intercom again',
    'perhaps cannot be opened from the intercom',
  ),
  'sees-alarms': phrase(
    'Operators see alarms',
    'loss',
    'has no operator who sees alarms',
    'has operators who see alarms again',
    'may have no operator who sees alarms',
  ),
  'sees-video': phrase(
    'Operators see video',
    'loss',
    'has no operator who sees video',
    'has operators who see video again',
    'may have no operator who sees video',
  ),
  'commands-doors': phrase(
    'Operators command doors',
    'comfort',
    'has no operator who can command doors',
    'has operators who command doors again',
    'may have no operator who can command doors',
  ),
  'reaches-guards': phrase(
    'Guards are reached',
    'loss',
    'cannot be called',
    'can be called again',
    'perhaps cannot be called',
  ),
};
