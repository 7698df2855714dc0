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

/** The same values in a third set of words. */
export const THIRD: readonly Family[] = [
  told(
    phone,
    ['american', 'plain', 'british', 'antipodean', 'european', 'national', 'indian'],
    [
      'Critical result called to the floor, read back by RN, ext/phone {v}',
      'The patient requests a phone call at {v} once pathology is back.',
      'Contact details: {v} (son), speaks English',
      'Daughter (HCP) phone number: {v}',
      'TELEPHONE NUMBER OF NEAREST RELATIVE {v}',
      'If you have questions about this report please phone {v}.',
      'pt tel: {v}',
      'Alt phone {v}',
      'spoke to wife by phone, {v}, she agrees',
      'mobile: {v}',
    ],
  ),
  told(
    fax,
    ['american', 'plain', 'british', 'antipodean', 'european'],
    [
      'Referring physician fax: {v}',
      'Records should be faxed to our office: {v}',
      'Fax transmission to {v} failed twice',
      'FAX TO: {v}',
      'fax report to PCP ({v})',
      'Fax#{v}',
      'office fax number is {v}',
    ],
  ),
  told(
    email,
    ['address', 'veiled', 'numbered'],
    [
      'Report emailed to patient at {v} per request',
      'Email on file is {v}',
      'For appointments write to {v} or call',
      'E-mail: {v}; consent for unencrypted messages given',
      'Contact e-mail of study nurse {v}',
      'Send images to {v}',
    ],
  ),
  told(
    ssn,
    ['dashed', 'spaced', 'plain'],
    [
      'SSN provided: {v}',
      'SS#: {v}',
      'The face sheet lists a social security number of {v}.',
      'Social Security: {v}',
      'Patient identified by name and SSN {v}.',
      'Soc.Sec.# {v}',
      'subscriber SSN {v}',
    ],
  ),
  told(ssn, ['canadian'], ['SIN number {v}', 'SIN: {v}']),
  told(ssn, ['insurance'], ['NI: {v}', 'National Insurance Number: {v}']),
  told(
    ssn,
    ['nordic', 'pesel', 'aadhaar', 'irish'],
    ['national identification number {v}', 'Personal ID no. {v}', 'ID number: {v}'],
  ),
  told(
    mrn,
    ['digits', 'mixed', 'parted'],
    [
      'Medical record number {v}, date of service today',
      'MED REC NO: {v}',
      'MRN: {v} | DOB on file',
      'Hospital Number - {v}',
      'His medical record number, {v}, was entered twice.',
      'Patient Id = {v}',
      'Patient MR# {v}',
      'EMR number {v}',
      'Medical Rec. #: {v}',
      'Duplicate chart found, MRN {v} to be retired',
      'Patient record {v}',
      'Identification number {v}',
      'Patient file no. {v}',
      'PATIENT ID NO. {v}',
      'Compare with the study of patient {v}',
    ],
  ),
  told(mrn, ['nhs'], ['NHS Number: {v}', 'NHS/CHI number {v}', 'patient NHS number {v}']),
  told(
    plan,
    ['member', 'medicaid', 'canadian'],
    [
      'Health insurance: Aetna, member ID {v}',
      'INSURANCE ID NUMBER {v}',
      'Insurance policy no. {v}',
      'Her Medicaid number is {v}.',
      'Member No: {v}',
      'Subscriber number: {v}',
      'Group ID {v}',
      'Payer: BCBS; Policy #: {v}',
      'Health card no. {v}',
      'Beneficiary ID number: {v}',
      'Claim submitted under member number {v}',
      'Insurance carrier ID {v}',
      'Plan member ID {v}',
    ],
  ),
  told(
    plan,
    ['medicare', 'hicn'],
    ['Medicare number: {v}', 'Medicare claim no. {v}', 'Medicare HIC {v}', 'MBI number {v}'],
  ),
  told(
    plan,
    ['australian', 'ihi', 'dva'],
    ['Medicare card no. {v}', 'Medicare number {v}', 'Individual Healthcare Identifier (IHI) {v}'],
  ),
  told(
    account,
    ['digits', 'mixed'],
    [
      'Patient Account: {v}',
      'Account Number {v}',
      'Acct. No.: {v}',
      'Hospital acct # {v}',
      'Please pay invoice {v} within 30 days.',
      'Billing Acct {v}',
      'Billing ID {v}',
      'payment for account no {v} received',
      'Acct number is {v}',
      'PT ACCT: {v}',
      'Bank account: {v}',
    ],
  ),
  told(
    account,
    ['card', 'iban'],
    ['Credit card number: {v}', 'Card on file {v}', 'Bank account number (IBAN) {v}', 'charged to {v}'],
  ),
  told(
    licence,
    ['driver'],
    [
      "Driver's license #: {v}",
      'Driver License Number: {v}',
      'Driving licence {v} checked',
      'Driver ID / DL {v}',
      'Lic. No. {v}',
      'Showed drivers license {v} as proof of identity',
    ],
  ),
  told(
    licence,
    ['professional', 'british', 'australian'],
    [
      'License Number {v}',
      'Licence: {v}',
      'Physician license number: {v}',
      'Certificate no: {v}',
      'GMC reg no {v}',
      'Medical registration number {v}',
      'Professional license # {v}',
    ],
  ),
  told(licence, ['passport'], ['Passport no: {v}', 'Passport Number - {v}']),
  told(licence, ['npi'], ['NPI number: {v}', 'Attending NPI {v}', 'NPI = {v}']),
  told(licence, ['dea'], ['DEA no. {v}', 'DEA license {v}']),
  told(
    vehicle,
    ['vin', 'european'],
    ['VIN = {v}', 'Vehicle identification no: {v}', 'the car, VIN number {v}, was towed', 'Vin #{v}'],
  ),
  told(
    vehicle,
    ['plate'],
    [
      'License plate no: {v}',
      'license plate of the car was {v}',
      'Plate number: {v}',
      'vehicle with license plate {v}',
      'Car registration number {v}',
      'Vehicle license: {v}',
      'Reg no. of vehicle {v}',
      'Number plate - {v}',
    ],
  ),
  told(
    device,
    ['serial'],
    [
      'Serial no: {v}',
      'serial number is {v}',
      'S/N = {v}',
      'SN {v}',
      'Device serial: {v}',
      'implantable defibrillator serial number {v}',
      'Pump serial no. {v}',
      'Lead serial number: {v}',
      'The device (serial number {v}) was returned to the manufacturer.',
      'Device number {v}',
      'Hearing aids, serial {v}',
      'Serial Number of Device: {v}',
    ],
  ),
  told(device, ['udi', 'mac', 'imei'], ['Unique device identifier {v}', 'Device ID: {v}']),
  told(
    url,
    ['scheme', 'www', 'host'],
    [
      'Website {v}',
      'URL {v}',
      'available from {v}',
      'Patient posts at {v}',
      'Visit our website at {v}.',
      'video: {v}',
      'see also {v} (family page)',
    ],
  ),
  told(
    ip,
    ['v4', 'private', 'port', 'v6'],
    [
      'IP address is {v}',
      'IP# {v}',
      'Login from IP address {v}',
      'Server: {v}',
      'request came from {v}',
      'device IP = {v}',
      'portal session at {v} ended',
    ],
  ),
];
