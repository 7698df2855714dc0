import { fold } from './fold.ts';

/** Months from January on, one language a line; `|` between forms of one month. Folded: no accents. */
const LANGUAGES = [
  'january february march april may june july august september october november december',
  'januar|janner februar|feber marz april mai juni juli august september oktober november dezember',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'januari februari mars april maj juni juli augusti september oktober november desember',
  'styczen|stycznia luty|lutego marzec|marca kwiecien|kwietnia maj|maja czerwiec|czerwca lipiec|lipca sierpien|sierpnia wrzesien|wrzesnia pazdziernik|pazdziernika listopad|listopada grudzien|grudnia',
  'leden|ledna unor|unora brezen|brezna duben|dubna kveten|kvetna cerven|cervna cervenec|cervence srpen|srpna zari rijen|rijna listopad|listopadu prosinec|prosince',
];
const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii'.split(' ');
const SHORTEST = 3;

/** Months by name and by every beginning of three letters or more: `sep` is one in six languages, `cer` two in one. */
const BY_WORD = new Map<string, readonly number[]>();
for (const months of LANGUAGES) {
  for (const [i, forms] of months.split(' ').entries()) {
    for (const form of forms.split('|')) {
      for (let length = SHORTEST; length <= form.length; length++) addMonth(form.slice(0, length), i + 1);
    }
  }
}

function addMonth(word: string, month: number): void {
  const known = BY_WORD.get(word) ?? [];
  if (!known.includes(month)) BY_WORD.set(word, [...known, month]);
}

/** English alone: other languages' abbreviations with two digits after them are doses and counts (`2 mag 20`). */
const ENGLISH = (LANGUAGES[0] ?? '').split(' ');

/** The months that a word can mean: its name or an abbreviation of it in ten languages. */
export const monthsOf = (word: string): readonly number[] => BY_WORD.get(fold(word)) ?? [];

/** Whether the word is or begins an English month. */
export const isEnglishMonth = (word: string): boolean => {
  const folded = fold(word);
  return folded.length >= SHORTEST && ENGLISH.some((month) => month.startsWith(folded));
};

/** The month that a Roman numeral in capitals or small letters counts. */
export const romanMonth = (numeral: string): number => ROMAN.indexOf(numeral.toLowerCase()) + 1;
