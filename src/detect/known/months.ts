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
  'ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december',
  'tammikuu|tammikuuta helmikuu|helmikuuta maaliskuu|maaliskuuta huhtikuu|huhtikuuta toukokuu|toukokuuta kesakuu|kesakuuta heinakuu|heinakuuta elokuu|elokuuta syyskuu|syyskuuta lokakuu|lokakuuta marraskuu|marraskuuta joulukuu|joulukuuta',
  'января|январь февраля|февраль марта|март апреля|апрель мая|май июня|июнь июля|июль августа|август сентября|сентябрь октября|октябрь ноября|ноябрь декабря|декабрь',
  'ιανουαριου|ιανουαριος φεβρουαριου|φεβρουαριος μαρτιου|μαρτιος απριλιου|απριλιος μαιου|μαιος ιουνιου|ιουνιος ιουλιου|ιουλιος αυγουστου|αυγουστος σεπτεμβριου|σεπτεμβριος οκτωβριου|οκτωβριος νοεμβριου|νοεμβριος δεκεμβριου|δεκεμβριος',
];
const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii'.split(' ');
const SHORTEST = 3;
/** Whole names, as none of the abbreviations is: those are other words too. */
const WHOLE = new Set(LANGUAGES.flatMap((months) => months.split(/[ |]/)));

/** Months by name and by every beginning of three letters or more: `sep` is one in six languages, `cer` two in one. */
const BY_WORD = new Map<string, readonly number[]>();
for (const months of LANGUAGES) {
  for (const [i, forms] of months.split(' ').entries()) {
    for (const form of forms.split('|').map(fold)) {
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

/** The months that a word can mean: its name or an abbreviation of it in any of the languages. */
export const monthsOf = (word: string): readonly number[] => BY_WORD.get(fold(word)) ?? [];

/** Whether the word is or begins an English month. */
export const isEnglishMonth = (word: string): boolean => {
  const folded = fold(word);
  return folded.length >= SHORTEST && ENGLISH.some((month) => month.startsWith(folded));
};

/** Whether the word is a month's whole name in any of the languages. */
export const isWholeMonth = (word: string): boolean => WHOLE.has(fold(word));

/** The month that a Roman numeral in capitals or small letters counts. */
export const romanMonth = (numeral: string): number => ROMAN.indexOf(numeral.toLowerCase()) + 1;
