import type { Random } from '../../random.ts';

/** Parts of names that nobody has counted: what a tagger cannot learn by heart it must tell from its place. */
const STARTS =
  'Ab Ad Al Am An Ar As Ba Bal Bar Bel Ber Bi Bla Bo Bor Bra Bre Bri Bru Bur Ca Car Cha Che Chi Cla Cor Cra Cre Cro Cul Da Dal Dan De Del Den Di Do Dor Dra Du Dun El Em En Er Es Fa Fal Fen Fer Fi Fla Fo For Fra Fri Ga Gal Gar Ge Gil Gla Go Gor Gra Gri Gru Gu Ha Hal Ham Har He Hel Hen Her Hi Hol Hor Hu Il Im In Ir Is Ja Jan Je Ji Jo Ju Ka Kal Kan Kar Ke Kel Ki Kil Kin Ko Kol Kor Kra Kri Ku La Lam Lan Lar Le Len Li Lin Lo Lor Lu Ma Mal Man Mar Me Mel Mer Mi Mil Mo Mon Mor Mu Na Nar Ne Ni No Nor Nu Ol Om On Or Os Pa Pal Par Pe Pel Per Pi Po Por Pra Pre Pri Qua Que Ra Ran Re Ren Ri Ro Ros Ru Sa Sal San Sar Scha Sche Schi Scho Se Sel Sha She Shi Sho Si Sil Ska So Sol Sta Ste Sti Sto Stra Stu Su Sul Swe Ta Tal Tam Tar Te Ten Ter Tha The Thi Tho Thu Ti To Tor Tra Tre Tri Tro Tru Tu Ul Un Ur Va Val Van Ve Vel Ver Vi Vo Vor Wa Wal Wan War We Wel Wen Wer Whi Wi Wil Win Wo Wor Ya Ye Yo Yu Za Zal Ze Zel Zi Zo Zu'.split(
    ' ',
  );
const MIDDLES =
  'ba be bi bo ca ce chi cho da de di do du fa fe ga ge gi go ha he ho ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po qui ra re ri ro ru sa se shi si so sta ste ta te ti to tu va ve vi vo wa we wi ya zi zo'.split(
    ' ',
  );
const FAMILY_ENDS =
  'ack ado aki akis ald alski aman ance and ander andez ane ani ante ard ardo aro art arz as asi atos aux avic awa ay beck berg berger bert bey born borough bourne bridge brook burg bury by campo cek cendo chek chenko chuk cik co combe croft dale deau den der dez dorf dottir eaux eck edo eira el ell eller elli ello els en ena enberg eng enko ens ent er era eri ero ers ert es escu esque ett etti ette eva evic ewicz ey ez feld field fell ford gaard garten ger gham gorski grave guchi gues hart haus heim hoff holm holt hurst ian iani iasz ic ick ier iev ikov ild in ina ine ing inger ington ini ino ins inski ique is ishi isson itz ius ivic ke ken ker ki kin kins kirk kos kov kova kwe lack ladze land lang le leigh ler ley lin ling lo low lund ly mack maier man mann mark mata meier mer mire mont moor more moto mund munsen nam nathan ne nell ner nes nett ney nik nova o oglu oka olo on one onis ora ore orf ori os osa osi oso ossi ott otti ou ough oulos ov ova ovic ow owitz owski oy oza quist qvist ra rath reault ric rick rit ro ron rose ros rup ry saari sby schke scu sen sey shaw shi sk ska ski skog skov sky smith son stad stead stein sten ster stern stock stone strom sund swami tan te ter thal than thorpe tin to ton tsch tti tz ucci ueta ula ura us uta uzzi vall van vang var vas verde via vich ville vist waite wald walla wang wara ward wath way well wen wick wicz win witz wood worth wright wski yan ych yev yuk zada zewski zian zin zler'.split(
    ' ',
  );
const GIVEN_ENDS =
  'a ah an ana anda andra ando ane anna ara ari aria as aun aya el ela eli elia ella elle en ena eon era eri erick erly ert es essa eth etta ette ey i ia iah ian ias ick iel ika in ina ine inda io ion ique is isa isha ita itha ius iya la lan lee lena len ley lia lin lina lyn lynn mar mir na nael neal nette ni nick nie o on ona onda onte or ora os oya ra ram rae ren ria rick rie rina ris rita roy sha shawn sia son ta tavius te ten tha tin ton tra trice tta us va van vin vonne wyn ya yah yana yn ynne za zel'.split(
    ' ',
  );

/** A given or family name made of syllables, 4 to 14 letters. */
export function invented(random: Random, kind: 'given' | 'family'): string {
  const ends = kind === 'given' ? GIVEN_ENDS : FAMILY_ENDS;
  for (;;) {
    const middle = random.chance(kind === 'given' ? 0.3 : 0.45) ? random.pick(MIDDLES) : '';
    const name = `${random.pick(STARTS)}${middle}${random.pick(ends)}`;
    if (name.length < 4 || name.length > 14 || /(.)\1\1/i.test(name)) continue;
    if (kind === 'family' && random.chance(0.02))
      return `${random.pick(['Mc', 'Mac', "O'", "D'", 'De', 'Van '])}${name}`;
    return name;
  }
}
