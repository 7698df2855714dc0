import type { Random } from '../../../random.ts';
import type { Family } from '../family.ts';
import { oneOf, withLuhn, written } from '../shapes.ts';

function gtin(random: Random): string {
  const body = written(random, '0089999999999');
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return body + ((10 - (sum % 10)) % 10);
}

function udi(random: Random): string {
  const serial = written(random, random.pick(['X9999999', '999999', 'AA9999']));
  return random.pick([
    `(01)${gtin(random)}(17)${written(random, '270815')}(10)${written(random, 'A9999')}(21)${serial}`,
    `(01)${gtin(random)}(21)${serial}`,
    `01${gtin(random)}17270815${`10${written(random, 'A9999')}`}`,
    `01${gtin(random)}1124081521${serial}`,
    `+A${written(random, '999')}${written(random, 'AA99999')}1/$$3${written(random, '270815')}${serial}`,
    `=/${written(random, 'A9999XX999999')}=,${written(random, '000999')}`,
  ]);
}

export const device: Family = {
  category: 'M',
  kinds: {
    serial: {
      make: oneOf(
        '99999',
        '8999999',
        'SN9999999',
        'AAA999999A',
        'PZK999999S',
        '999999-A',
        'A9-99999',
        '99-99999',
        'X99X999999'.replace('X', 'A'),
        'BLH999999',
        '999-9999',
        'MX9999AB',
        '2019A99999'.replace('2019', '4Y'),
      ),
    },
    udi: {
      make: udi,
      phrasings: [
        'UDI {v}',
        'UDI: {v}',
        'implant UDI {v}',
        'Device identifier (UDI): {v}',
        'Barcode scanned: {v}',
        'PRT|||{v}',
      ],
    },
    imei: {
      make: (random) => withLuhn(written(random, '359999999999999')),
      phrasings: ['IMEI {v}', 'IMEI: {v}', 'home monitor modem IMEI {v}', 'phone IMEI number {v}'],
    },
    mac: {
      make: (random) =>
        Array.from({ length: 6 }, () => random.whole(16, 255).toString(16)).join(random.pick([':', '-'])),
      phrasings: ['MAC address {v}', 'MAC {v}', 'telemetry unit at {v}', 'mac: {v}'],
    },
  },
  phrasings: [
    'Serial number: {v}',
    'Serial number {v}',
    'Serial No. {v}',
    'Serial # {v}',
    'serial no {v}',
    'S/N {v}',
    'S/N: {v}',
    'SN: {v}',
    'Ser. no. {v}',
    'Device serial number {v}',
    'Device ID: {v}',
    'Device ID {v}',
    'device identifier {v}',
    'Device # {v}',
    'Pacemaker serial number {v}',
    'Pacemaker serial {v}',
    'Dual-chamber pacemaker, serial number {v}, implanted in 2019.',
    'ICD serial # {v}',
    'ICD generator SN {v}',
    'RV lead serial {v}',
    'Lead S/N {v}',
    'Implant serial number {v}',
    'Insulin pump serial {v}',
    'pump serial number is {v}',
    'CPAP serial number {v}',
    'Hearing aid serial no. {v}',
    'cochlear implant SN {v}',
    'IOL serial number {v}',
    'Valve serial no: {v}',
    'Asset tag {v}',
    'Asset # {v}',
    'asset number: {v}',
    'Scanner serial number {v}',
    'DeviceSerialNumber {v}',
    'Glucometer s/n {v}',
    'Loop recorder (S/N {v}) interrogated.',
    'Stimulator model 37601, serial {v}',
    'Ventilator ID {v}',
    'Detector serial: {v}',
    'Equipment ID {v}',
    'Seriennummer {v}',
    'Wheelchair serial number: {v}',
    'Prosthesis serial {v}',
    'Stent serial number {v}',
    'The defibrillator bears serial number {v}.',
    'SerialNo={v}',
  ],
};
