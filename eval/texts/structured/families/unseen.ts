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
import { told } from './second.ts';
import { ssn } from './ssn.ts';
import { url } from './url.ts';
import { vehicle } from './vehicle.ts';

/** Words that were written when the rules were done: what is found here is the figure to believe. */
export const UNSEEN: readonly Family[] = [
  told(
    phone,
    ['american', 'plain', 'british', 'antipodean', 'european', 'national'],
    [
      'Patient phone number: {v}',
      'Left message at {v} (cell phone)',
      'He can be phoned at {v}',
      'Dr on call, phone {v}, was informed of the finding.',
      'Primary phone {v}',
      'Emergency telephone: {v}',
      'telephone consult with the patient at number {v}',
      'Phone 1: {v}',
    ],
  ),
  told(
    fax,
    ['american', 'plain', 'british', 'european'],
    [
      'Fax Number - {v}',
      'Ph above, Fx {v}',
      'please fax back to {v}',
      'Fax: {v} Attn: records',
      'via facsimile to {v}',
    ],
  ),
  told(
    email,
    ['address', 'veiled', 'numbered'],
    [
      'Email: {v} (verified)',
      'emailed {v} today',
      'user {v} logged in',
      'her e-mail, {v}, is shared with her husband',
    ],
  ),
  told(
    ssn,
    ['dashed', 'spaced', 'plain'],
    [
      'SSN = {v}',
      'Social Security #: {v}',
      'with a social security number {v}',
      'SSN No. {v}',
      'Social Sec. {v}',
      'Employee SSN: {v}',
    ],
  ),
  told(ssn, ['canadian'], ['SIN # {v}']),
  told(ssn, ['insurance'], ['National insurance {v}']),
  told(
    mrn,
    ['digits', 'mixed', 'parted'],
    [
      'MRN No. {v}',
      'Medical Record: {v}',
      'Pt MRN {v}',
      'Chart number is {v}',
      'Patient ID # {v}',
      'Hospital record number {v}',
      'Patient identification number: {v}',
      'med rec num {v}',
      'Old MRN: {v}',
      'Record # {v} was pulled from storage',
      'The specimen of patient no. {v} was mislabeled.',
    ],
  ),
  told(mrn, ['nhs'], ['NHS number: {v} (traced)', 'NHS ID {v}', 'his NHS no is {v}']),
  told(
    plan,
    ['member', 'medicaid'],
    [
      'Member: {v}',
      'Policyholder ID {v}',
      'Ins. policy # {v}',
      'Medicaid no. {v}',
      'Subscriber ID is {v}',
      'Insurance group number {v}',
      'Health plan member ID: {v}',
      'Insurance Policy Number - {v}',
      'BCBS policy {v}',
    ],
  ),
  told(plan, ['medicare'], ['Medicare card number {v}', 'Medicare Id {v}', 'new Medicare number is {v}']),
  told(
    account,
    ['digits', 'mixed'],
    [
      'Account no. is {v}',
      'Pt. account # {v}',
      'Acct ID {v}',
      'Account Num: {v}',
      'Billing account number {v}',
      'invoice number: {v}',
      'Bank account no {v}',
      'balance due on acct. {v}',
    ],
  ),
  told(account, ['card'], ['Visa: {v}', 'credit card no. {v}', 'card # {v}']),
  told(
    licence,
    ['driver'],
    [
      "driver's license no {v}",
      'Driver Lic. # {v}',
      'Driving License No. {v}',
      'DL: {v}',
      'state driver license {v}',
    ],
  ),
  told(
    licence,
    ['professional'],
    ['Medical license no. {v}', 'License Num {v}', 'RN lic # {v}', 'Certificate: {v}', 'Registration #: {v}'],
  ),
  told(licence, ['npi'], ['Referring NPI: {v}', 'NPI Number - {v}']),
  told(licence, ['dea'], ['DEA registration no. {v}']),
  told(licence, ['passport'], ['passport no. {v}']),
  told(
    vehicle,
    ['vin', 'european'],
    ['VIN Number: {v}', 'Vehicle Identification Number (VIN): {v}', 'VIN of the car: {v}'],
  ),
  told(
    vehicle,
    ['plate'],
    [
      'Licence plate: {v}',
      'License Plate Number: {v}',
      'plate no. {v}',
      'Vehicle Reg. No. {v}',
      'with license plate number {v}',
    ],
  ),
  told(
    device,
    ['serial'],
    [
      'Serial number (device): {v}',
      'S/N. {v}',
      'SN# {v}',
      'serial #{v}',
      'Pacemaker serial no. {v}',
      'Device ID number {v}',
      'Unit serial number {v}',
      'Implant serial: {v}',
      'device with serial number {v}',
    ],
  ),
  told(device, ['udi', 'mac'], ['UDI number {v}', 'Device address {v}']),
  told(
    url,
    ['scheme', 'www', 'host'],
    ['Web site: {v}', 'URL is {v}', 'go to {v}', 'photos are on {v}', 'Portal - {v}'],
  ),
  told(
    ip,
    ['v4', 'private', 'port', 'v6'],
    ['IP: {v} (static)', 'IP no. {v}', 'from host {v}', 'assigned IP address {v}', 'log entry, address {v}'],
  ),
];
