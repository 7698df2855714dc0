import type { Family } from '../family.ts';
import { account } from './account.ts';
import { device } from './device.ts';
import { email } from './email.ts';
import { fax } from './fax.ts';
import { ip } from './ip.ts';
import { licence } from './licence.ts';
import { mrn } from './mrn.ts';
import { phone } from './phone.ts';
import { plan } from './plan.ts';
import { ssn } from './ssn.ts';
import { url } from './url.ts';
import { vehicle } from './vehicle.ts';

/** The same values in other words than those of each family. */
export function told(family: Family, kinds: readonly string[], phrasings: readonly string[]): Family {
  const chosen = Object.entries(family.kinds)
    .filter(([name]) => kinds.includes(name))
    .map(([name, { make }]) => [name, { make }] as const);
  return { category: family.category, kinds: Object.fromEntries(chosen), phrasings };
}

export const SECOND: readonly Family[] = [
  told(
    phone,
    ['american', 'plain', 'british', 'antipodean', 'european', 'national'],
    [
      'Pt may be contacted by telephone on {v} between 9 and 5.',
      'Preferred phone: {v} (OK to leave message)',
      'Tel. (home): {v}',
      "Mother's cell {v}",
      'Best number to call is {v}',
      'CONTACT TEL NO {v}',
      'Nurse called the patient back on {v}; no answer.',
      'mobile phone = {v}',
      'Interpreter line {v} phone',
      'Caller ID showed phone {v}',
    ],
  ),
  told(
    fax,
    ['american', 'plain', 'british', 'european'],
    [
      'FAX NO: {v}',
      'Fax to {v} attention Dr on call',
      'cc by fax {v}',
      'Fax results: {v}',
      'Telephone on letterhead, fax {v}',
      'Referral received via fax from {v}',
      'FAX NUMBER OF PHARMACY {v}',
      'fax machine number {v}',
      'Fax (secure): {v}',
    ],
  ),
  told(
    email,
    ['address', 'veiled', 'numbered'],
    [
      'Please e-mail {v}',
      'Contact via {v} preferred',
      'E: {v}',
      'electronic mail {v}',
      'PatientEmail={v}',
      'sent an invite to {v}',
      'pt emails from {v} daily',
      'Work email - {v}',
      'research coordinator, {v}, was notified',
    ],
  ),
  told(
    ssn,
    ['dashed', 'spaced', 'plain'],
    [
      'SSN of patient: {v}',
      "Patient's Social Security Number is {v}",
      'SS Number: {v}',
      'Soc Sec #: {v}',
      'SSN/ID {v}',
      'identified by social security no {v}',
      'His SSN was recorded as {v}.',
      'SOCIAL SECURITY NO. OF INSURED {v}',
      'SSN (last verified): {v}',
    ],
  ),
  told(ssn, ['canadian'], ['Canadian SIN: {v}', 'S.I.N. {v}', 'social insurance no. {v}']),
  told(ssn, ['insurance'], ['NI Number: {v}', 'Nat Insurance No {v}', 'National insurance no. is {v}']),
  told(
    mrn,
    ['digits', 'mixed', 'parted'],
    [
      'Patient MRN is {v}.',
      'Med Record Number: {v}',
      'MEDICAL RECORD #{v}',
      'Hosp Number: {v}',
      'Hospital ID {v}',
      'Chart#: {v}',
      'Pt. MRN - {v}',
      'MR Number {v}',
      'Unit #: {v}',
      "Patient's ID: {v}",
      'Pat ID {v}',
      'Seen under MRN {v} at the north campus',
      'Prior exams are filed under patient ID {v}.',
      'Requested records for MRN # {v}',
      'PATIENT NUMBER: {v}',
      'Record No. {v}',
      'mrn:{v}',
      'MRN/Account {v}',
      'Clinic chart number: {v}',
    ],
  ),
  told(mrn, ['nhs'], ['NHS Number is {v}', 'NHS #: {v}', 'Pt NHS no: {v}', 'N.H.S. number {v}']),
  told(
    plan,
    ['member', 'medicaid'],
    [
      'Member Identification Number {v}',
      'Ins ID: {v}',
      'Insurance Member ID {v}',
      'Insurance No: {v}',
      'Subscriber ID number: {v}',
      'Policy ID {v}',
      'Policy/Group {v}',
      'Group No. {v}',
      'Plan number {v}',
      'Medicaid recipient ID {v}',
      'PRIMARY INSURANCE ID {v}',
      'Cardholder ID: {v}',
      'Health insurance ID number {v}',
      'Coverage under policy number {v} verified.',
      'Blue Shield subscriber {v}',
      'Insurance Policy #{v}',
      'her health plan number is {v}',
    ],
  ),
  told(
    plan,
    ['medicare'],
    ['Medicare ID: {v}', 'Medicare No {v}', 'Medicare Beneficiary Number {v}', 'Part B Medicare {v}'],
  ),
  told(
    account,
    ['digits', 'mixed'],
    [
      'Acct Number: {v}',
      'ACCOUNT NBR {v}',
      'Patient Acct. No. {v}',
      'Acct. # {v}',
      'Hospital Account Number {v}',
      'Charges billed to account {v}.',
      'account: {v}',
      'Visit account # {v}',
      'Bank acct {v}',
      'checking account no. {v}',
      'Account ID {v}',
      'Payment applied to acct {v} today',
      'Invoice: {v}',
      'account no. of guarantor {v}',
    ],
  ),
  told(
    account,
    ['card'],
    ['Card number {v}', 'paid with Visa card {v}', 'Credit Card No: {v}', 'Mastercard: {v}'],
  ),
  told(
    licence,
    ['driver'],
    [
      'Driver License {v}',
      "Driver's Licence No: {v}",
      'DL No. {v}',
      'drivers lic # {v}',
      "presented a driver's license, number {v}",
      "Driver's license (state): {v}",
      'license no: {v}',
    ],
  ),
  told(
    licence,
    ['professional'],
    [
      'License: {v}',
      'State Medical License #: {v}',
      'Lic: {v}',
      'certificate # {v}',
      'Reg No: {v}',
      'practising under licence number {v}',
      'board certification number {v}',
    ],
  ),
  told(licence, ['npi'], ['NPI No. {v}', 'NPI#{v}', 'Provider NPI: {v}', 'individual NPI is {v}']),
  told(licence, ['dea'], ['DEA Number {v}', 'DEA: {v}', 'DEA Reg # {v}']),
  told(licence, ['passport'], ['Passport: {v}', 'Passport # {v}', 'holds passport number {v}']),
  told(
    vehicle,
    ['vin', 'european'],
    [
      'Vehicle VIN: {v}',
      'VIN No. {v}',
      'V.I.N. {v}',
      'the vehicle (VIN {v}) rolled over',
      'vehicle identification # {v}',
    ],
  ),
  told(
    vehicle,
    ['plate'],
    [
      'License Plate #: {v}',
      'license plate no. {v}',
      'Plate No: {v}',
      'Vehicle plate {v}',
      'Vehicle license plate: {v}',
      'Registration plate {v}',
      'Vehicle registration no {v}',
      'the other car bore license plate {v}',
      'number plates {v}',
    ],
  ),
  told(
    device,
    ['serial'],
    [
      'Serial Num: {v}',
      'Serial: {v}',
      'SERIAL NBR {v}',
      'S/N #{v}',
      'device serial no. {v}',
      'Device S/N: {v}',
      'generator serial number {v}',
      'Pacemaker S/N {v}',
      'Implanted device ID {v}',
      'Pulse generator, serial no {v}, was explanted.',
      'Serial # of the pump is {v}',
      'Machine serial number: {v}',
      'Infusion pump SN {v}',
      'Device Serial Number: {v}',
    ],
  ),
  told(device, ['udi', 'mac'], ['Device UDI: {v}', 'scanned {v} at implant', 'Identifier {v}']),
  told(
    url,
    ['scheme', 'www', 'host'],
    [
      "Patient's website is {v}",
      'URL = {v}',
      'portal link {v}',
      'Shared album: {v}',
      'please visit {v} to register',
      'read more on {v}',
      'Facebook page {v}',
      'images hosted at {v}, password sent separately',
      'Web address: {v}',
    ],
  ),
  told(
    ip,
    ['v4', 'private', 'port', 'v6'],
    [
      'IP Address = {v}',
      'client IP {v}',
      'accessed from IP {v}',
      'Remote host {v}',
      'The workstation at {v} was offline.',
      'src {v} dst pending',
      'ip address of the scanner: {v}',
      'Logon from {v}',
      'host={v}',
    ],
  ),
];
