// What the columns of a table of couriers are, by their names in English or
// Persian, and the same table the other way round. Pure.

import { fold } from '../fold.ts';
import { asText, fields, type Field, type Profile } from './profile.ts';

/** What a column holds; undefined: nothing that we know. */
export type Column = Field | 'active' | `metadata.${string}` | undefined;

const meta = 'metadata.';

/** Names of columns, as plain() makes them; the first is the one that we write. */
const names: Record<Field | 'active', readonly string[]> = {
  id: ['id', 'courier', 'courierid', 'code', 'شناسه', 'شناسهپیک', 'کد', 'کدپیک', 'پیک'],
  name: ['name', 'fullname', 'نام', 'نامپیک', 'نامکامل', 'نامونامخانوادگی', 'اسم'],
  username: ['username', 'user', 'login', 'نامکاربری', 'کاربر'],
  team: ['team', 'teamid', 'group', 'گروه', 'تیم', 'شناسهگروه'],
  phone: ['phone', 'phonenumber', 'mobile', 'mobilenumber', 'tel', 'telephone', 'تلفن', 'شمارهتلفن', 'تلفنهمراه', 'همراه', 'شمارههمراه', 'موبایل', 'شمارهموبایل', 'شمارهتماس', 'تماس'],
  vehicle: ['vehicle', 'وسیله', 'وسیلهنقلیه', 'خودرو'],
  active: ['active', 'enabled', 'فعال', 'وضعیت'],
};

/** The columns that a table's first line names; of two for one thing the second is unknown. */
export function columnsOf(header: readonly string[]): Column[] {
  const taken = new Set<Column>();
  return header.map((name) => {
    const column = columnOf(name);
    if (taken.has(column)) return undefined;
    taken.add(column);
    return column;
  });
}

function columnOf(name: string): Column {
  if (name.toLowerCase().startsWith(meta)) return name.length > meta.length ? `metadata.${name.slice(meta.length)}` : undefined;
  const said = plain(name);
  return (Object.keys(names) as (Field | 'active')[]).find((column) => names[column].includes(said));
}

/** A name without what people write in different ways. */
function plain(name: string): string {
  return fold(name).replace(/[\s_\-.:()]+/g, '');
}

const yes = new Set(['1', 'true', 'yes', 'y', 'on', 'active', 'بله', 'بلی', 'اری', 'فعال', 'هست']);
const no = new Set(['0', 'false', 'no', 'n', 'off', 'inactive', 'خیر', 'نه', 'غیرفعال', 'نیست']);

/** Yes or no, in the words of either language; undefined: neither. */
export function truth(text: string): boolean | undefined {
  const said = plain(text);
  return yes.has(said) ? true : no.has(said) ? false : undefined;
}

/** The table of the couriers, with a column for each name in their metadata. */
export function tableOf(couriers: readonly Profile[]): string[][] {
  const keys = [...new Set(couriers.flatMap(({ metadata }) => Object.keys(metadata)))];
  const header = [...fields, 'active', ...keys.map((key) => meta + key)];
  const rows = couriers.map((each) => [
    ...fields.map((field) => each[field]),
    each.active ? 'yes' : 'no',
    ...keys.map((key) => (each.metadata[key] === undefined ? '' : asText(each.metadata[key]))),
  ]);
  return [header, ...rows];
}
