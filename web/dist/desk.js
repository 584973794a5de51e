import { A as words$1, C as roles, D as list, E as json, F as A, I as T, L as w, M as useSignal, N as O, O as object, P as y, R as $, S as parseTeams, T as flag, _ as language, a as rowId, b as root, c as managesAll, d as teams, f as some, g as texts, h as digits, i as Rows, j as useComputed, k as string, l as now, m as date, n as copy, o as a, p as whom, r as Icon, s as nameTeams, t as fold, u as place, v as timezone, w as array, x as one, y as ask$1 } from "./main.js";
// src/manage/calls.ts
var bulkPage = 1e3;
function listCouriers(query) {
	const asked = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== "") asked.set(name, String(value));
	return call(`couriers?${asked}`, "GET", void 0, (o) => ({
		couriers: list(o, "couriers").map(courier),
		next: words$1(o, "next")
	}));
}
/** All couriers that a query finds; tells how many came so far. */
async function allCouriers(query, sofar) {
	const all = [];
	let after = "";
	for (;;) {
		const page = await listCouriers({
			...query,
			after,
			limit: bulkPage
		});
		if (page.refusal) return page;
		all.push(...page.value.couriers);
		sofar(all.length);
		if (page.value.next === void 0) return { value: all };
		after = page.value.next;
	}
}
function showCourier(id) {
	return call(`couriers/${encodeURIComponent(id)}`, "GET", void 0, courier);
}
function putCourier({ id, name, username, team, phone, vehicle, active, metadata }) {
	return call(`couriers/${encodeURIComponent(id)}`, "PUT", {
		name,
		username,
		team,
		phone,
		vehicle,
		active,
		metadata
	}, courier);
}
function putCouriers(couriers) {
	return call("couriers", "PUT", { couriers: couriers.map(({ id, name, username, team, phone, vehicle, active, metadata }) => ({
		id,
		name,
		username,
		team,
		phone,
		vehicle,
		active,
		metadata
	})) }, (o) => ({
		made: Number(o["made"]),
		changed: Number(o["changed"])
	}));
}
function deleteCourier(id) {
	return call(`couriers/${encodeURIComponent(id)}`, "DELETE", void 0, () => null);
}
function listTeams() {
	return call("teams", "GET", void 0, (o) => parseTeams(o));
}
function putTeam(id, name) {
	return call(`teams/${encodeURIComponent(id)}`, "PUT", { name }, () => null);
}
function deleteTeam(id) {
	return call(`teams/${encodeURIComponent(id)}`, "DELETE", void 0, () => null);
}
function listKeys() {
	return call("keys", "GET", void 0, (o) => list(o, "keys").map((item) => key(object(item, "key"))));
}
/** Makes a key; what it consists of is in no other answer. */
function makeKey(wanted) {
	return call("keys", "POST", sentKey(wanted), (o) => ({
		key: key(o),
		text: string(o, "key")
	}));
}
function putKey(id, wanted) {
	return call(`keys/${encodeURIComponent(id)}`, "PUT", sentKey(wanted), key);
}
function revokeKey(id) {
	return call(`keys/${encodeURIComponent(id)}`, "DELETE", void 0, () => null);
}
function sentKey({ until, ...rest }) {
	return {
		...rest,
		until: until === void 0 ? null : new Date(until).toISOString()
	};
}
async function call(path, method, body, read) {
	try {
		const answer = await ask$1(path, method, body);
		const text = await answer.text();
		if (!answer.ok) return { refusal: refusal(answer.status, text) };
		return { value: read(text === "" ? {} : object(json(text), "answer")) };
	} catch {
		return { refusal: refused("unreachable") };
	}
}
var kinds = {
	400: "fields",
	401: "forbidden",
	403: "forbidden",
	404: "missing",
	409: "used",
	413: "large"
};
function refusal(status, text) {
	const why = refused(kinds[status] ?? "other");
	if (why.kind !== "fields") return why;
	const o = object(json(text), "faults");
	if (!Array.isArray(o["couriers"]) && typeof o["couriers"] === "object") for (const [place, said] of Object.entries(o["couriers"] ?? {})) why.couriers.set(Number(place), faults(object(said, "faults")));
	else why.fields = faults(o);
	return why;
}
function refused(kind) {
	return {
		kind,
		fields: {},
		couriers: /* @__PURE__ */ new Map()
	};
}
/** What we see ourselves before the server is asked. */
function wrongField(name, ...sentences) {
	return {
		...refused("fields"),
		fields: { [name]: sentences }
	};
}
/** Sentences by field; a sentence about the whole has another form. */
function faults(o) {
	const found = {};
	for (const [field, said] of Object.entries(o)) {
		const sentences = (Array.isArray(said) ? said : [said]).map(String);
		found[field === "detail" || field === "non_field_errors" ? "" : field] = sentences;
	}
	return found;
}
function courier(item) {
	const o = object(item, "courier");
	const metadata = o["metadata"];
	return {
		id: string(o, "id"),
		name: words$1(o, "name") ?? "",
		username: words$1(o, "username") ?? "",
		team: words$1(o, "team") ?? "",
		phone: words$1(o, "phone") ?? "",
		vehicle: words$1(o, "vehicle") ?? "",
		active: flag(o, "active"),
		metadata: metadata === void 0 || metadata === null ? {} : object(metadata, "metadata"),
		listed: flag(o, "listed"),
		placed: typeof o["position"] === "object" && o["position"] !== null
	};
}
function key(o) {
	return {
		id: string(o, "id"),
		name: words$1(o, "name") ?? "",
		prefix: words$1(o, "prefix") ?? "",
		role: one(roles, string(o, "role")),
		all: flag(o, "all"),
		teams: names$1(o, "teams"),
		couriers: names$1(o, "couriers"),
		courier: words$1(o, "courier") ?? "",
		made: moment(o, "made"),
		until: moment(o, "until"),
		used: moment(o, "used"),
		revoked: moment(o, "revoked")
	};
}
function names$1(o, field) {
	return array(o[field] ?? [], field).map(String);
}
function moment(o, field) {
	const said = words$1(o, field);
	return said === void 0 ? void 0 : Date.parse(said);
}
// src/manage/books.ts
var pageSize = 200;
var saying = 8e3;
var Books = class {
	query = y("");
	team = y("");
	couriers = y([]);
	more = y(false);
	state = y("loading");
	teams = y([]);
	done = y("");
	cursor = y(-1);
	timer;
	next;
	asked = 0;
	/** Says for a while what was done. */
	tell(text) {
		clearTimeout(this.timer);
		const { done } = this;
		done.value = text;
		this.timer = setTimeout(() => done.value = "", saying);
	}
	/** Asks for the couriers anew, from the first. */
	async open() {
		const asked = ++this.asked;
		this.state.value = "loading";
		const page = await this.ask("");
		if (asked !== this.asked) return;
		this.couriers.value = [];
		this.cursor.value = -1;
		this.take(page);
	}
	/** Asks for those after the last that we have. */
	async goOn() {
		if (this.next === void 0 || this.state.peek() !== "ready") return;
		const asked = ++this.asked;
		this.state.value = "loading";
		const page = await this.ask(this.next);
		if (asked === this.asked) this.take(page);
	}
	/** Asks for the teams, and tells the rest of the page what they are called. */
	async openTeams() {
		const answer = await listTeams();
		if (answer.refusal) return answer.refusal;
		this.teams.value = answer.value;
		nameTeams(answer.value);
	}
	/** A courier was changed: the list shows it where it was. */
	replace(courier) {
		this.couriers.value = this.couriers.peek().map((each) => each.id === courier.id ? courier : each);
	}
	remove(id) {
		this.couriers.value = this.couriers.peek().filter((each) => each.id !== id);
	}
	ask(after) {
		return listCouriers({
			q: this.query.peek().trim(),
			team: this.team.peek(),
			after,
			limit: pageSize
		});
	}
	take(page) {
		if (page.refusal) {
			this.state.value = page.refusal;
			return;
		}
		this.couriers.value = [...this.couriers.peek(), ...page.value.couriers];
		this.next = page.value.next;
		this.more.value = this.next !== void 0;
		this.state.value = "ready";
	}
};
/** What the page says for a team: its name, or its id. */
function called({ id, name }) {
	return name || id;
}
// src/manage/profile.ts
var fields = [
	"id",
	"name",
	"username",
	"team",
	"phone",
	"vehicle"
];
function blank(id = "") {
	return {
		id,
		name: "",
		username: "",
		team: "",
		phone: "",
		vehicle: "",
		active: true,
		metadata: {}
	};
}
/** What to show for a courier; never empty. */
function shownName({ id, name, username }) {
	return name || username || id;
}
/** A value of the metadata as one line of text. */
function asText(value) {
	return typeof value === "string" ? value : JSON.stringify(value);
}
/** The value that was edited as text: the old one if the text is still the same, since it may be more than text. */
function fromText(text, old) {
	return old !== void 0 && asText(old) === text ? old : text;
}
/** What changes from one profile to the other, but for the id. */
function differences(from, to) {
	const found = [];
	const note = (column, a, b) => a !== b && found.push({
		column,
		from: a,
		to: b
	});
	for (const field of fields) if (field !== "id") note(field, from[field], to[field]);
	note("active", String(from.active), String(to.active));
	for (const key of /* @__PURE__ */ new Set([...Object.keys(from.metadata), ...Object.keys(to.metadata)])) note(`metadata.${key}`, asOne(from.metadata[key]), asOne(to.metadata[key]));
	return found;
}
function asOne(value) {
	return value === void 0 ? "" : asText(value);
}
function rowsOf(metadata) {
	return Object.entries(metadata).map(([key, value], number) => ({
		number,
		key,
		value: asText(value)
	}));
}
function metadataOf(details, old) {
	return Object.fromEntries(written$1(details).map(({ key, value }) => [key.trim(), fromText(value, old[key.trim()])]));
}
/** The rows in which anything stands. */
function written$1(details) {
	return details.filter(({ key, value }) => key.trim() !== "" || value !== "");
}
// src/manage/columns.ts
var meta = "metadata.";
/** Names of columns, as plain() makes them; the first is the one that we write. */
var names = {
	id: [
		"id",
		"courier",
		"courierid",
		"code",
		"شناسه",
		"شناسهپیک",
		"کد",
		"کدپیک",
		"پیک"
	],
	name: [
		"name",
		"fullname",
		"نام",
		"نامپیک",
		"نامکامل",
		"نامونامخانوادگی",
		"اسم"
	],
	username: [
		"username",
		"user",
		"login",
		"نامکاربری",
		"کاربر"
	],
	team: [
		"team",
		"teamid",
		"group",
		"گروه",
		"تیم",
		"شناسهگروه"
	],
	phone: [
		"phone",
		"phonenumber",
		"mobile",
		"mobilenumber",
		"tel",
		"telephone",
		"تلفن",
		"شمارهتلفن",
		"تلفنهمراه",
		"همراه",
		"شمارههمراه",
		"موبایل",
		"شمارهموبایل",
		"شمارهتماس",
		"تماس"
	],
	vehicle: [
		"vehicle",
		"وسیله",
		"وسیلهنقلیه",
		"خودرو"
	],
	active: [
		"active",
		"enabled",
		"فعال",
		"وضعیت"
	]
};
/** The columns that a table's first line names; of two for one thing the second is unknown. */
function columnsOf(header) {
	const taken = /* @__PURE__ */ new Set();
	return header.map((name) => {
		const column = columnOf(name);
		if (taken.has(column)) return void 0;
		taken.add(column);
		return column;
	});
}
function columnOf(name) {
	if (name.toLowerCase().startsWith(meta)) return name.length > 9 ? `metadata.${name.slice(9)}` : void 0;
	const said = plain(name);
	return Object.keys(names).find((column) => names[column].includes(said));
}
/** A name without what people write in different ways. */
function plain(name) {
	return fold(name).replace(/[\s_\-.:()]+/g, "");
}
var yes = /* @__PURE__ */ new Set([
	"1",
	"true",
	"yes",
	"y",
	"on",
	"active",
	"بله",
	"بلی",
	"اری",
	"فعال",
	"هست"
]);
var no = /* @__PURE__ */ new Set([
	"0",
	"false",
	"no",
	"n",
	"off",
	"inactive",
	"خیر",
	"نه",
	"غیرفعال",
	"نیست"
]);
/** Yes or no, in the words of either language; undefined: neither. */
function truth(text) {
	const said = plain(text);
	return yes.has(said) ? true : no.has(said) ? false : void 0;
}
/** The table of the couriers, with a column for each name in their metadata. */
function tableOf(couriers) {
	const keys = [...new Set(couriers.flatMap(({ metadata }) => Object.keys(metadata)))];
	return [[
		...fields,
		"active",
		...keys.map((key) => meta + key)
	], ...couriers.map((each) => [
		...fields.map((field) => each[field]),
		each.active ? "yes" : "no",
		...keys.map((key) => each.metadata[key] === void 0 ? "" : asText(each.metadata[key]))
	])];
}
// src/manage/csv.ts
/** The file is not a table, or not as text. */
var TableError = class extends Error {
	name = "TableError";
	fault;
	line;
	constructor(fault, line) {
		super(fault);
		this.fault = fault;
		this.line = line;
	}
};
/** The text of a file: UTF-8, with or without a mark at its beginning, or UTF-16 with one, as "Unicode text" is. */
function decode(bytes) {
	const [first, second] = bytes;
	const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw new TableError("encoding", 0);
	}
}
/** The lines of a table whose cells are parted by commas, semicolons or tabs. */
function readTable(text) {
	const said = /^sep=(.)\r?\n/i.exec(text);
	const rest = said ? text.slice(said[0].length) : text;
	return new Reader(rest, said?.[1] ?? separatorOf(rest), said ? 2 : 1).lines();
}
/** What parts the cells of the first line that is not blank; a comma if nothing does. */
function separatorOf(text) {
	const bare = (/\S.*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
	return [
		",",
		";",
		"	"
	].map((each) => ({
		each,
		count: bare.split(each).length
	})).toSorted((a, b) => b.count - a.count)[0].each;
}
var Reader = class {
	text;
	separator;
	at = 0;
	line;
	constructor(text, separator, line) {
		this.text = text;
		this.separator = separator;
		this.line = line;
	}
	lines() {
		const found = [];
		while (this.at < this.text.length) {
			const line = {
				number: this.line,
				cells: this.cells()
			};
			if (line.cells.some((cell) => cell !== "")) found.push(line);
		}
		return found;
	}
	/** Reads to the end of the line. */
	cells() {
		const cells = [];
		for (;;) {
			cells.push(this.cell().trim());
			const end = this.text[this.at];
			this.at += 1;
			if (end === this.separator) continue;
			if (end === "\r" && this.text[this.at] === "\n") this.at += 1;
			this.line += 1;
			return cells;
		}
	}
	/** Reads up to what ends the cell. */
	cell() {
		while (this.text[this.at] === " ") this.at += 1;
		const quoted = this.text[this.at] === "\"" ? this.quoted() : "";
		const from = this.at;
		while (this.at < this.text.length && !this.ends(this.text[this.at])) this.at += 1;
		return quoted + this.text.slice(from, this.at);
	}
	quoted() {
		const opened = this.line;
		let found = "";
		for (;;) {
			const end = this.text.indexOf("\"", this.at + 1);
			if (end < 0) throw new TableError("quote", opened);
			const piece = this.text.slice(this.at + 1, end);
			this.line += piece.match(/\r\n|\r|\n/g)?.length ?? 0;
			found += piece;
			this.at = end + 1;
			if (this.text[this.at] !== "\"") return found;
			found += "\"";
		}
	}
	ends(letter) {
		return letter === this.separator || letter === "\n" || letter === "\r";
	}
};
var formula = /^'*[=+\-@\t\r]/;
var number = /^[+-]?[\d\s().-]+$/;
/** Writes a table that every spreadsheet opens as it is, and that takes none of its cells for a formula. */
function writeTable(rows) {
	return `\uFEFF${rows.map((row) => `${row.map(written).join(",")}\r\n`).join("")}`;
}
function written(cell) {
	const safe = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
	return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}
/** A cell as it was before writeTable kept a spreadsheet from computing it. */
function unguarded(cell) {
	return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
// src/manage/file.ts
/** Saves a text as a file. */
function save(name, text) {
	const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
var allWords = {
	en: {
		manage: "Manage",
		views: {
			couriers: "Couriers",
			import: "Couriers",
			teams: "Teams",
			keys: "API keys"
		},
		close: "Back to the map",
		back: "Back",
		save: "Save",
		cancel: "Cancel",
		remove: "Delete",
		saved: (name) => `${name} is saved`,
		removed: (name) => `${name} is deleted`,
		loading: "Loading…",
		again: "Try again",
		none: "—",
		search: "Search couriers",
		searchHint: "Name, username, id, phone or vehicle",
		team: "Team",
		anyTeam: "All teams",
		noTeam: "No team",
		add: "Add courier",
		import: "Import CSV",
		export: "Export CSV",
		exporting: (n) => `Exporting, ${n} so far…`,
		listed: (n, more) => more ? `the first ${n}` : n,
		list: "Couriers that are managed",
		nobody: "There is no courier yet. Add one, or import a table.",
		nobodyHere: "Nobody is here yet.",
		noResult: "Nobody matches.",
		clear: "Show everybody",
		offDuty: "off duty",
		heardOnly: "only heard",
		field: {
			id: "ID",
			name: "Name",
			username: "Username",
			team: "Team",
			phone: "Phone",
			vehicle: "Vehicle",
			active: "On duty",
			metadata: "Further details",
			role: "Role",
			teams: "Teams",
			courier: "Courier ID",
			until: "Until",
			couriers: "Couriers"
		},
		hint: {
			id: "As phones send it. It cannot be changed later.",
			username: "The login name in the shop",
			active: "Off duty it is shown to nobody, and what its phone sends is not kept.",
			heardOnly: "So far only its phone spoke of it. Saving puts it on the list.",
			teamId: "As keys and tokens name it. It cannot be changed later.",
			teamName: "What people see",
			keyName: "Who or what has it"
		},
		newCourier: "New courier",
		noCourier: (id) => `There is no courier ${id}, or you may not see it.`,
		showOnMap: "Show on the map",
		key: "Name",
		value: "Value",
		addDetail: "Add a detail",
		removeDetail: "Remove this detail",
		askRemove: (name) => `Delete ${name}?`,
		askRemoveCourier: "Its last position goes too. If its phone reports again, it is there again, without a team. To only hide it, take it off duty.",
		newTeam: "New team",
		rename: "Rename",
		people: (n, one) => one ? `${n} courier` : `${n} couriers`,
		noTeams: "There is no team yet.",
		makeTeam: "Make the team",
		teamUsed: "There are couriers in this team. Move them to another one first.",
		askRemoveTeam: "Keys and tokens that name it then show nobody.",
		newKey: "New key",
		changeKey: "Change",
		revoke: "Revoke",
		askRevoke: (name) => `Revoke ${name}?`,
		askRevokeWhy: "Whoever uses it is shut out at once. This cannot be undone.",
		revoked: (name) => `${name} is revoked`,
		noKeys: "There is no key.",
		showRevoked: (n) => `Revoked keys (${n})`,
		made: "made",
		used: "last used",
		neverUsed: "never used",
		until: "until",
		ended: "ended",
		revokedAt: "revoked",
		unlimited: "no end",
		roleHint: {
			admin: "sees, reports positions and manages",
			viewer: "sees the map",
			courier: "reports its own positions and sees itself",
			service: "reports positions, sees nothing"
		},
		reach: "Whom",
		reachAll: "all couriers",
		reachTeams: "some teams",
		reachCouriers: (n, one) => one ? `and ${n} courier by name` : `and ${n} couriers by name`,
		noTeamChosen: "Choose a team.",
		lasts: "Good for",
		lasting: {
			keep: "as it is",
			"0": "ever",
			"1": "1 day",
			"7": "7 days",
			"30": "30 days",
			"90": "90 days",
			"365": "1 year"
		},
		make: "Make the key",
		onceTitle: "Copy the key now",
		onceWhy: "It is shown this once and never again: Peyk keeps no copy of it.",
		copyKey: "Copy the key",
		copyLink: "Copy a link to the map",
		copied: "Copied",
		linkWhy: "The link holds the key: send it only to whom it is for.",
		done: "I have it",
		importTitle: "Import couriers",
		drop: "Drop a CSV file here, or choose one",
		choose: "Choose a file",
		dropHint: "UTF-8, with a first line that names the columns: id, name, username, team, phone, vehicle, active, and metadata.… for further details. Persian names are understood. Who is not in the file stays as it is.",
		sample: "An example to fill in",
		otherFile: "Another file",
		comparing: "Comparing with what is there…",
		fate: {
			made: "New",
			changed: "Changed",
			same: "Unchanged",
			wrong: "Wrong"
		},
		line: (n) => `line ${n}`,
		ignored: (names) => `Not used: ${names}. For further details call a column metadata.NAME.`,
		makesTeams: (names) => `New teams: ${names}`,
		leftOut: (n, one) => one ? `${n} wrong line is left out.` : `${n} wrong lines are left out.`,
		doImport: (n, one) => one ? `Import ${n} courier` : `Import ${n} couriers`,
		nothingToDo: "Everything is already as the file says.",
		progress: (done, all) => `${done} of ${all}`,
		toList: "Show the list",
		result: (made, changed) => `${made} new, ${changed} changed`,
		stopped: (done) => `It stopped. What came before is kept: ${done} couriers. Mend the lines below, or try again.`,
		tableFault: {
			encoding: "The file is not UTF-8. In Excel choose “CSV UTF-8” when saving.",
			quote: (line) => `The quote in line ${line} is never closed.`,
			noId: "No column is called id. Name the columns in the first line.",
			empty: "The file has no lines below the names of its columns."
		},
		fault: {
			empty: () => "is missing",
			long: (most) => `is longer than ${most} bytes`,
			control: () => "holds a sign that cannot be seen",
			truth: () => "should be yes or no",
			twice: (line) => `is already in line ${line}`,
			stranger: () => "is nobody whom you manage; only who manages everybody adds couriers",
			team: () => "is not one of your teams",
			said: (sentence) => sentence
		},
		refusal: {
			fields: "Something is not right; look at the fields.",
			missing: "It is not there any more.",
			used: "It is in use.",
			forbidden: "You may not do this.",
			large: "This is too much at once.",
			unreachable: "The server does not answer. Nothing was changed, as far as we know.",
			other: "The server could not do it."
		},
		said: {
			required: "This is required.",
			long: (most) => `At most ${most} bytes.`,
			control: "A sign that cannot be seen is in it.",
			foreign: "You may not move couriers into or out of this team.",
			future: "This moment is over.",
			notFound: "You do not manage this courier.",
			doubled: "This name is there already.",
			exists: "This is there already.",
			nameless: "This detail has no name."
		}
	},
	fa: {
		manage: "مدیریت",
		views: {
			couriers: "پیک‌ها",
			import: "پیک‌ها",
			teams: "گروه‌ها",
			keys: "کلیدهای API"
		},
		close: "بازگشت به نقشه",
		back: "بازگشت",
		save: "ذخیره",
		cancel: "انصراف",
		remove: "حذف",
		saved: (name) => `${name} ذخیره شد`,
		removed: (name) => `${name} حذف شد`,
		loading: "در حال دریافت…",
		again: "تلاش دوباره",
		none: "—",
		search: "جست‌وجوی پیک",
		searchHint: "نام، نام کاربری، شناسه، تلفن یا وسیله",
		team: "گروه",
		anyTeam: "همهٔ گروه‌ها",
		noTeam: "بدون گروه",
		add: "پیک تازه",
		import: "ورود از CSV",
		export: "خروجی CSV",
		exporting: (n) => `در حال تهیهٔ خروجی، تا اینجا ${n}…`,
		listed: (n, more) => more ? `${n} نفر نخست` : `${n} نفر`,
		list: "پیک‌هایی که مدیریت می‌شوند",
		nobody: "هنوز پیکی نیست. یکی بیفزایید، یا جدولی وارد کنید.",
		nobodyHere: "هنوز کسی اینجا نیست.",
		noResult: "کسی پیدا نشد.",
		clear: "نمایش همه",
		offDuty: "غیرفعال",
		heardOnly: "ثبت‌نشده",
		field: {
			id: "شناسه",
			name: "نام",
			username: "نام کاربری",
			team: "گروه",
			phone: "تلفن",
			vehicle: "وسیله",
			active: "فعال",
			metadata: "جزئیات دیگر",
			role: "نقش",
			teams: "گروه‌ها",
			courier: "شناسهٔ پیک",
			until: "پایان",
			couriers: "پیک‌ها"
		},
		hint: {
			id: "همان که گوشی می‌فرستد. بعداً تغییر نمی‌کند.",
			username: "نام ورود به فروشگاه",
			active: "پیکِ غیرفعال را کسی نمی‌بیند، و آنچه گوشی‌اش می‌فرستد نگه داشته نمی‌شود.",
			heardOnly: "تا کنون تنها از گوشی‌اش خبر رسیده است. با ذخیره کردن، ثبت می‌شود.",
			teamId: "همان که در کلیدها و توکن‌ها می‌آید. بعداً تغییر نمی‌کند.",
			teamName: "آنچه دیده می‌شود",
			keyName: "نزد چه کسی یا چه برنامه‌ای است"
		},
		newCourier: "پیک تازه",
		noCourier: (id) => `پیکی با شناسهٔ ${id} نیست، یا اجازهٔ دیدن آن را ندارید.`,
		showOnMap: "نمایش روی نقشه",
		key: "نام",
		value: "مقدار",
		addDetail: "افزودن جزئیات",
		removeDetail: "برداشتن این مورد",
		askRemove: (name) => `${name} حذف شود؟`,
		askRemoveCourier: "آخرین موقعیت آن هم پاک می‌شود. اگر گوشی‌اش باز گزارش دهد، دوباره و بدون گروه پیدا می‌شود. برای پنهان کردن، آن را غیرفعال کنید.",
		newTeam: "گروه تازه",
		rename: "تغییر نام",
		people: (n) => `${n} پیک`,
		noTeams: "هنوز گروهی نیست.",
		makeTeam: "ساختن گروه",
		teamUsed: "در این گروه پیک هست. نخست آن‌ها را به گروه دیگری ببرید.",
		askRemoveTeam: "کلیدها و توکن‌هایی که این گروه را دارند، دیگر کسی را نشان نمی‌دهند.",
		newKey: "کلید تازه",
		changeKey: "تغییر",
		revoke: "باطل کردن",
		askRevoke: (name) => `${name} باطل شود؟`,
		askRevokeWhy: "هر که از آن استفاده می‌کند بی‌درنگ بیرون می‌ماند. این کار بازگشت ندارد.",
		revoked: (name) => `${name} باطل شد`,
		noKeys: "کلیدی نیست.",
		showRevoked: (n) => `کلیدهای باطل‌شده (${n})`,
		made: "ساخته‌شده",
		used: "آخرین استفاده",
		neverUsed: "بی‌استفاده",
		until: "تا",
		ended: "پایان‌یافته",
		revokedAt: "باطل‌شده",
		unlimited: "بی‌پایان",
		roleHint: {
			admin: "می‌بیند، موقعیت گزارش می‌کند و مدیریت می‌کند",
			viewer: "نقشه را می‌بیند",
			courier: "موقعیت خود را گزارش می‌کند و خود را می‌بیند",
			service: "موقعیت گزارش می‌کند و چیزی نمی‌بیند"
		},
		reach: "چه کسانی",
		reachAll: "همهٔ پیک‌ها",
		reachTeams: "چند گروه",
		reachCouriers: (n) => `و ${n} پیک به نام`,
		noTeamChosen: "گروهی برگزینید.",
		lasts: "اعتبار",
		lasting: {
			keep: "همان که هست",
			"0": "همیشه",
			"1": "۱ روز",
			"7": "۷ روز",
			"30": "۳۰ روز",
			"90": "۹۰ روز",
			"365": "۱ سال"
		},
		make: "ساختن کلید",
		onceTitle: "همین حالا کلید را بردارید",
		onceWhy: "تنها همین یک بار دیده می‌شود: پیک نسخه‌ای از آن نگه نمی‌دارد.",
		copyKey: "رونوشت کلید",
		copyLink: "رونوشت پیوند نقشه",
		copied: "رونوشت شد",
		linkWhy: "کلید در پیوند هست: آن را تنها برای صاحبش بفرستید.",
		done: "برداشتم",
		importTitle: "ورود پیک‌ها از فایل",
		drop: "فایل CSV را اینجا رها کنید، یا برگزینید",
		choose: "گزینش فایل",
		dropHint: "UTF-8، با سطر نخستی که نام ستون‌هاست: شناسه، نام، نام کاربری، گروه، تلفن، وسیله، فعال، و ⁦metadata.…⁩ برای جزئیات دیگر. نام‌های انگلیسی هم پذیرفته‌اند. هر که در فایل نیست همان‌گونه می‌ماند.",
		sample: "نمونه‌ای برای پر کردن",
		otherFile: "فایل دیگر",
		comparing: "در حال سنجش با آنچه هست…",
		fate: {
			made: "تازه",
			changed: "تغییر",
			same: "بی‌تغییر",
			wrong: "نادرست"
		},
		line: (n) => `سطر ${n}`,
		ignored: (names) => `به کار نمی‌آید: ${names}. برای جزئیات دیگر نام ستون را \u2066metadata.NAME\u2069 بگذارید.`,
		makesTeams: (names) => `گروه‌های تازه: ${names}`,
		leftOut: (n) => `${n} سطر نادرست کنار گذاشته می‌شود.`,
		doImport: (n) => `ورود ${n} پیک`,
		nothingToDo: "همه چیز از پیش همان است که در فایل آمده است.",
		progress: (done, all) => `${done} از ${all}`,
		toList: "نمایش فهرست",
		result: (made, changed) => `${made} تازه، ${changed} تغییر`,
		stopped: (done) => `ناتمام ماند. آنچه پیش‌تر انجام شد می‌ماند: ${done} پیک. سطرهای زیر را درست کنید، یا دوباره تلاش کنید.`,
		tableFault: {
			encoding: "فایل UTF-8 نیست. در Excel هنگام ذخیره «CSV UTF-8» را برگزینید.",
			quote: (line) => `گیومهٔ سطر ${line} بسته نشده است.`,
			noId: "ستونی به نام «شناسه» نیست. نام ستون‌ها را در سطر نخست بنویسید.",
			empty: "زیر نام ستون‌ها سطری نیست."
		},
		fault: {
			empty: () => "خالی است",
			long: (most) => `بلندتر از ${most} بایت است`,
			control: () => "نویسه‌ای نادیدنی دارد",
			truth: () => "باید بله یا خیر باشد",
			twice: (line) => `در سطر ${line} هم آمده است`,
			stranger: () => "از پیک‌های شما نیست؛ تنها مدیرِ همه پیک می‌افزاید",
			team: () => "از گروه‌های شما نیست",
			said: (sentence) => sentence
		},
		refusal: {
			fields: "چیزی درست نیست؛ خانه‌ها را ببینید.",
			missing: "دیگر وجود ندارد.",
			used: "در حال استفاده است.",
			forbidden: "اجازهٔ این کار را ندارید.",
			large: "برای یک بار زیاد است.",
			unreachable: "سرور پاسخ نمی‌دهد. تا جایی که می‌دانیم چیزی تغییر نکرد.",
			other: "سرور نتوانست این کار را بکند."
		},
		said: {
			required: "لازم است.",
			long: (most) => `حداکثر ${most} بایت.`,
			control: "نویسه‌ای نادیدنی در آن است.",
			foreign: "نمی‌توانید پیک‌ها را به این گروه ببرید یا از آن بیاورید.",
			future: "این زمان گذشته است.",
			notFound: "این پیک در مدیریت شما نیست.",
			doubled: "این نام تکراری است.",
			exists: "از پیش هست.",
			nameless: "این مورد نام ندارد."
		}
	}
};
// src/manage/said.ts
var known = [
	[/^This field is required\.$|is empty \(want/, ({ said }) => said.required],
	[/ bytes \(want at most (\d+)\)\.$/, ({ said }, most) => said.long(most)],
	[/holds a control character/, ({ said }) => said.control],
	[/^You may not move couriers/, ({ said }) => said.foreign],
	[/^A moment in the future/, ({ said }) => said.future],
	[/^Not found\.$/, ({ said }) => said.notFound]
];
function inWords(sentence, language) {
	for (const [form, say] of known) {
		const found = form.exec(sentence);
		if (found) return say(allWords[language], found[1] === void 0 ? "" : digits(Number(found[1]), language));
	}
	return sentence;
}
// src/manage/words.ts
var words = O(() => allWords[language.value]);
// src/manage/parts.tsx
/** A field of a form, with what is wrong with it. */
function Field({ name, label, hint, faults = [], ...input }) {
	return /* @__PURE__ */ a(Labelled, {
		name,
		label,
		hint,
		faults,
		children: /* @__PURE__ */ a("input", {
			name,
			dir: "auto",
			autocomplete: "off",
			spellcheck: false,
			...described(name, hint, faults),
			...input
		})
	});
}
/** A choice of a form. */
function Choice({ name, label, hint, faults = [], value, options, choose }) {
	return /* @__PURE__ */ a(Labelled, {
		name,
		label,
		hint,
		faults,
		children: /* @__PURE__ */ a("select", {
			name,
			value,
			onChange: (event) => choose(event.currentTarget.value),
			...described(name, hint, faults),
			children: options.map(([each, said]) => /* @__PURE__ */ a("option", {
				value: each,
				children: said
			}, each))
		})
	});
}
function Labelled({ name, label, hint, faults, children }) {
	return /* @__PURE__ */ a("div", {
		class: "field",
		children: [
			/* @__PURE__ */ a("label", { children: [/* @__PURE__ */ a("span", { children: label }), children] }),
			hint !== void 0 && /* @__PURE__ */ a("small", {
				id: `hint-${name}`,
				class: "muted",
				children: hint
			}),
			/* @__PURE__ */ a(Wrong, {
				name,
				faults
			})
		]
	});
}
/** What is wrong with a field, under it. */
function Wrong({ name, faults }) {
	if (!faults || faults.length === 0) return null;
	return /* @__PURE__ */ a("small", {
		id: `wrong-${name}`,
		class: "wrong",
		dir: "auto",
		children: faults.map((sentence) => inWords(sentence, language.value)).join(" ")
	});
}
/** Tells readers of the screen which texts belong to a field. */
function described(name, hint, faults) {
	const wrong = faults !== void 0 && faults.length > 0;
	const by = [wrong && `wrong-${name}`, hint !== void 0 && `hint-${name}`].filter(Boolean).join(" ");
	return {
		"aria-invalid": wrong,
		...by === "" ? {} : { "aria-describedby": by }
	};
}
/** Why something was not done. */
function Refused({ refusal, again }) {
	if (!refusal) return null;
	const t = words.value;
	const whole = refusal.fields[""];
	return /* @__PURE__ */ a("div", {
		class: "refused",
		role: "alert",
		children: [
			/* @__PURE__ */ a("p", { children: t.refusal[refusal.kind] }),
			whole && /* @__PURE__ */ a("p", {
				dir: "auto",
				children: whole.map((sentence) => inWords(sentence, language.value)).join(" ")
			}),
			again && /* @__PURE__ */ a("button", {
				class: "quiet",
				onClick: again,
				children: t.again
			})
		]
	});
}
/** Asks before something is done that cannot be taken back. */
function Sure({ ask, why, act, yes, no }) {
	const dialog = T(null);
	A(() => dialog.current?.showModal(), []);
	return /* @__PURE__ */ a("dialog", {
		ref: dialog,
		class: "box sure",
		"aria-label": ask,
		onClose: no,
		children: [
			/* @__PURE__ */ a("h2", { children: ask }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: why
			}),
			/* @__PURE__ */ a("p", {
				class: "row",
				children: [/* @__PURE__ */ a("button", {
					class: "danger",
					onClick: yes,
					children: act
				}), /* @__PURE__ */ a("button", {
					class: "soft",
					onClick: no,
					children: words.value.cancel
				})]
			})
		]
	});
}
/** The way back, and what is looked at. */
function Title({ back, children }) {
	const button = T(null);
	A(() => {
		if (document.activeElement === document.body) button.current?.focus();
	}, []);
	return /* @__PURE__ */ a("div", {
		class: "title",
		children: [/* @__PURE__ */ a("button", {
			ref: button,
			class: "square",
			"aria-label": words.value.back,
			title: words.value.back,
			onClick: back,
			children: /* @__PURE__ */ a(Icon, { of: "start" })
		}), /* @__PURE__ */ a("h2", { children })]
	});
}
/** Puts the keyboard on the first field that is wrong. */
function toFirstWrong(form) {
	requestAnimationFrame(() => form?.querySelector("[aria-invalid=\"true\"]")?.focus());
}
// src/manage/couriers.tsx
var rowHeight$1 = 52;
var pause = 200;
function Couriers({ actions, books }) {
	const list = books.couriers.value;
	A(() => {
		if (books.cursor.peek() >= 0 && document.activeElement === document.body) document.getElementById("managed")?.focus();
	}, []);
	const open = (index) => {
		const courier = list[index];
		if (courier) actions.open({
			view: "couriers",
			id: courier.id
		});
	};
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(Finder, {
			books,
			press: (event) => step$1(event, books, open)
		}),
		/* @__PURE__ */ a(Doings, {
			actions,
			books
		}),
		/* @__PURE__ */ a("div", {
			class: "list",
			children: [/* @__PURE__ */ a(Rows, {
				id: "managed",
				label: words.value.list,
				height: rowHeight$1,
				count: list.length,
				at: Math.min(books.cursor.value, list.length - 1),
				reveal: books.cursor.value < 0 ? void 0 : String(books.cursor.value),
				press: (event) => step$1(event, books, open),
				near: () => void books.goOn(),
				draw: (index, props) => /* @__PURE__ */ a(Row$2, {
					courier: list[index],
					props,
					at: index === books.cursor.value,
					press: () => open(index)
				}, list[index].id)
			}), list.length === 0 && /* @__PURE__ */ a(Nobody, { books })]
		})
	] });
}
function Finder({ books, press }) {
	const t = words.value;
	const timer = T(void 0);
	A(() => () => clearTimeout(timer.current), []);
	const search = (text) => {
		books.query.value = text;
		clearTimeout(timer.current);
		timer.current = setTimeout(() => void books.open(), pause);
	};
	return /* @__PURE__ */ a("div", {
		class: "search",
		children: [
			/* @__PURE__ */ a(Icon, { of: "search" }),
			/* @__PURE__ */ a("input", {
				id: "search",
				role: "combobox",
				"aria-label": t.search,
				"aria-controls": "managed",
				"aria-expanded": "true",
				"aria-autocomplete": "list",
				"aria-activedescendant": books.cursor.value < 0 ? void 0 : rowId(books.cursor.value),
				placeholder: t.searchHint,
				value: books.query.value,
				autocomplete: "off",
				spellcheck: false,
				enterkeyhint: "search",
				onInput: (event) => search(event.currentTarget.value),
				onKeyDown: press
			}),
			/* @__PURE__ */ a(OfTeam, { books })
		]
	});
}
/** Only the couriers of one team. */
function OfTeam({ books }) {
	const t = words.value;
	const choose = (id) => {
		books.team.value = id;
		books.open();
	};
	return /* @__PURE__ */ a("select", {
		"aria-label": t.team,
		value: books.team.value,
		onChange: (event) => choose(event.currentTarget.value),
		children: [/* @__PURE__ */ a("option", {
			value: "",
			children: t.anyTeam
		}), books.teams.value.map((team) => /* @__PURE__ */ a("option", {
			value: team.id,
			children: called(team)
		}, team.id))]
	});
}
function Doings({ actions, books }) {
	const t = words.value;
	const exporting = useSignal(void 0);
	const refused = useSignal(void 0);
	const count = digits(books.couriers.value.length, language.value);
	const write = async () => {
		exporting.value = 0;
		const all = await allCouriers({
			q: books.query.peek().trim(),
			team: books.team.peek()
		}, (n) => exporting.value = n);
		exporting.value = void 0;
		refused.value = all.refusal;
		if (!all.refusal) save("couriers.csv", writeTable(tableOf(all.value)));
	};
	return /* @__PURE__ */ a("div", {
		class: "doings",
		children: [
			/* @__PURE__ */ a("span", {
				class: "muted",
				role: "status",
				children: exporting.value === void 0 ? books.state.value === "ready" && t.listed(count, books.more.value) : t.exporting(digits(exporting.value, language.value))
			}),
			/* @__PURE__ */ a("button", {
				class: "quiet",
				onClick: () => actions.open({
					view: "import",
					id: void 0
				}),
				children: t.import
			}),
			/* @__PURE__ */ a("button", {
				class: "quiet",
				disabled: exporting.value !== void 0,
				onClick: () => void write(),
				children: t.export
			}),
			managesAll.value && /* @__PURE__ */ a("button", {
				class: "primary",
				onClick: () => actions.open({
					view: "couriers",
					id: ""
				}),
				children: t.add
			}),
			/* @__PURE__ */ a(Refused, { refusal: refused.value })
		]
	});
}
function Row$2({ courier, props, at, press }) {
	const t = words.value;
	const { id, username, team, phone, vehicle, active, listed } = courier;
	const mark = !active ? t.offDuty : listed ? "" : t.heardOnly;
	const looks = [
		"row-item",
		"managed",
		at && "at",
		mark !== "" && "marked"
	];
	return /* @__PURE__ */ a("div", {
		...props,
		class: looks.filter(Boolean).join(" "),
		"aria-selected": at,
		onClick: press,
		children: [
			/* @__PURE__ */ a("span", {
				class: "who",
				children: /* @__PURE__ */ a("bdi", { children: shownName(courier) })
			}),
			/* @__PURE__ */ a("span", {
				class: "what",
				children: [/* @__PURE__ */ a("bdi", { children: id }), username !== "" && /* @__PURE__ */ a($, { children: [" · ", /* @__PURE__ */ a("bdi", { children: username })] })]
			}),
			/* @__PURE__ */ a("span", {
				class: "of-team",
				children: team !== "" && /* @__PURE__ */ a("bdi", { children: teams.value.get(team) ?? team })
			}),
			/* @__PURE__ */ a("span", {
				class: "vehicle",
				children: /* @__PURE__ */ a("bdi", { children: vehicle })
			}),
			/* @__PURE__ */ a("span", {
				class: "phone",
				children: /* @__PURE__ */ a("bdi", {
					dir: "ltr",
					children: phone
				})
			}),
			/* @__PURE__ */ a("span", {
				class: "mark",
				children: mark
			})
		]
	});
}
/** Why there are no rows, and what to do. */
function Nobody({ books }) {
	const t = words.value;
	const state = books.state.value;
	if (state === "loading") return /* @__PURE__ */ a("p", {
		class: "nobody late muted",
		children: t.loading
	});
	if (state !== "ready") return /* @__PURE__ */ a("div", {
		class: "nobody",
		children: /* @__PURE__ */ a(Refused, {
			refusal: state,
			again: () => void books.open()
		})
	});
	const all = books.query.value.trim() === "" && books.team.value === "";
	const clear = () => {
		books.query.value = "";
		books.team.value = "";
		books.open();
	};
	return /* @__PURE__ */ a("div", {
		class: "nobody",
		role: "status",
		children: [/* @__PURE__ */ a("p", { children: !all ? t.noResult : managesAll.value ? t.nobody : t.nobodyHere }), !all && /* @__PURE__ */ a("button", {
			class: "quiet",
			onClick: clear,
			children: t.clear
		})]
	});
}
/** Moves through the list, or opens the courier at the cursor, if the key asks for it. */
function step$1(event, books, open) {
	const at = books.cursor.peek();
	const last = books.couriers.peek().length - 1;
	const to = {
		ArrowDown: at + 1,
		ArrowUp: at - 1,
		PageDown: at + 8,
		PageUp: at - 8
	}[event.key];
	if (to !== void 0) {
		event.preventDefault();
		books.cursor.value = Math.max(Math.min(0, last), Math.min(last, to));
	} else if (event.key === "Enter") {
		event.preventDefault();
		open(Math.max(0, at));
	}
}
// src/manage/detail.tsx
/** What is wrong with the rows before the server is asked. */
function faultsOf(details) {
	const t = words.peek().said;
	const names = written$1(details).map(({ key }) => key.trim());
	const wrong = [names.includes("") && t.nameless, new Set(names).size < names.length && t.doubled].filter((each) => each !== false);
	return wrong.length === 0 ? void 0 : wrongField("metadata", ...wrong);
}
function Details({ details, faults }) {
	const t = words.value;
	const add = () => {
		const number = Math.max(-1, ...details.peek().map((each) => each.number)) + 1;
		details.value = [...details.peek(), {
			number,
			key: "",
			value: ""
		}];
	};
	return /* @__PURE__ */ a("fieldset", {
		class: "details",
		children: [
			/* @__PURE__ */ a("legend", { children: t.field["metadata"] }),
			details.value.map((each) => /* @__PURE__ */ a(Row$1, {
				detail: each,
				details,
				faults
			}, each.number)),
			/* @__PURE__ */ a(Wrong, {
				name: "metadata",
				faults
			}),
			/* @__PURE__ */ a("button", {
				class: "quiet",
				type: "button",
				onClick: add,
				children: t.addDetail
			})
		]
	});
}
function Row$1({ detail, details, faults }) {
	const t = words.value;
	const set = (part) => (event) => {
		const text = event.currentTarget.value;
		const edited = {
			...detail,
			[part]: text
		};
		details.value = details.peek().map((each) => each.number === detail.number ? edited : each);
	};
	const input = {
		dir: "auto",
		autocomplete: "off",
		spellcheck: false,
		...described("metadata", void 0, faults)
	};
	return /* @__PURE__ */ a("div", {
		class: "detail",
		children: [
			/* @__PURE__ */ a("input", {
				"aria-label": t.key,
				placeholder: t.key,
				value: detail.key,
				onInput: set("key"),
				...input
			}),
			/* @__PURE__ */ a("input", {
				"aria-label": t.value,
				placeholder: t.value,
				value: detail.value,
				onInput: set("value"),
				...input
			}),
			/* @__PURE__ */ a("button", {
				class: "square",
				type: "button",
				"aria-label": t.removeDetail,
				title: t.removeDetail,
				onClick: () => details.value = details.peek().filter(({ number }) => number !== detail.number),
				children: /* @__PURE__ */ a(Icon, { of: "close" })
			})
		]
	});
}
// src/manage/form.tsx
/** Edits the courier with the id; an empty one makes a new courier. */
function CourierForm({ id, actions, books }) {
	const t = words.value;
	const found = useSignal(void 0);
	const load = async () => {
		found.value = id === "" ? { value: {
			...blank(),
			listed: true,
			placed: false
		} } : await showCourier(id);
	};
	A(() => void load(), []);
	const back = () => actions.open({
		view: "couriers",
		id: void 0
	});
	const courier = found.value?.refusal ? void 0 : found.value?.value;
	const refusal = found.value?.refusal;
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(Title, {
			back,
			children: id === "" ? t.newCourier : /* @__PURE__ */ a("bdi", { children: courier ? shownName(courier) : id })
		}),
		!found.value && /* @__PURE__ */ a("p", {
			class: "nobody late muted",
			children: t.loading
		}),
		refusal?.kind === "missing" && /* @__PURE__ */ a("p", {
			class: "nobody",
			children: t.noCourier(`\u2068${id}\u2069`)
		}),
		refusal && refusal.kind !== "missing" && /* @__PURE__ */ a(Refused, {
			refusal,
			again: () => void load()
		}),
		courier && /* @__PURE__ */ a(Form$1, {
			courier,
			fresh: id === "",
			books,
			actions,
			back
		})
	] });
}
function Form$1({ courier, fresh, books, actions, back }) {
	const t = words.value;
	const form = T(null);
	const profile = useSignal(courier);
	const details = useSignal(rowsOf(courier.metadata));
	const refusal = useSignal(void 0);
	const busy = useSignal(false);
	const send = async (event) => {
		event.preventDefault();
		if (busy.peek()) return;
		busy.value = true;
		refusal.value = faultsOf(details.peek()) ?? (fresh ? await wrongId$1(profile.peek().id.trim()) : void 0) ?? await put$1(profile.peek(), details.peek(), courier, books);
		busy.value = false;
		if (refusal.peek()) toFirstWrong(form.current);
		else back();
	};
	const faults = refusal.value?.fields ?? {};
	return /* @__PURE__ */ a("form", {
		ref: form,
		class: "form",
		noValidate: true,
		onSubmit: (event) => void send(event),
		children: [
			!courier.listed && /* @__PURE__ */ a("p", {
				class: "note",
				children: t.hint.heardOnly
			}),
			/* @__PURE__ */ a(Refused, { refusal: refusal.value }),
			/* @__PURE__ */ a(Texts, {
				profile,
				fresh,
				teams: books.teams.value,
				faults
			}),
			/* @__PURE__ */ a(Active, { profile }),
			/* @__PURE__ */ a(Details, {
				details,
				faults: faults["metadata"]
			}),
			/* @__PURE__ */ a("div", {
				class: "foot",
				children: [
					/* @__PURE__ */ a("button", {
						class: "primary",
						disabled: busy.value,
						children: t.save
					}),
					/* @__PURE__ */ a("button", {
						class: "soft",
						type: "button",
						onClick: back,
						children: t.cancel
					}),
					!fresh && /* @__PURE__ */ a(More, {
						courier,
						actions,
						books,
						refusal,
						back
					})
				]
			})
		]
	});
}
/** What is wrong with the id of a new courier; one that is there would be replaced. */
async function wrongId$1(id) {
	const { said } = words.peek();
	if (id === "") return wrongField("id", said.required);
	return (await showCourier(id)).refusal ? void 0 : wrongField("id", said.exists);
}
/** Saves the courier; returns what is wrong, if anything. */
async function put$1(profile, details, old, books) {
	const answer = await putCourier({
		...profile,
		id: profile.id.trim(),
		metadata: metadataOf(details, old.metadata)
	});
	if (answer.refusal) return answer.refusal;
	const saved = answer.value;
	books.tell(words.peek().saved(`\u2068${shownName(saved)}\u2069`));
	if (books.couriers.peek().some(({ id }) => id === saved.id)) books.replace(saved);
	else books.open();
	books.openTeams();
}
function Texts({ profile, fresh, teams, faults }) {
	const t = words.value;
	const is = profile.value;
	const set = (name) => (event) => profile.value = {
		...profile.peek(),
		[name]: event.currentTarget.value
	};
	const text = (name, hint) => /* @__PURE__ */ a(Field, {
		name,
		label: t.field[name],
		hint,
		value: is[name],
		onInput: set(name),
		faults: faults[name]
	});
	return /* @__PURE__ */ a("div", {
		class: "fields",
		children: [
			text("name"),
			/* @__PURE__ */ a(Field, {
				name: "id",
				label: t.field["id"],
				hint: fresh ? t.hint.id : void 0,
				value: is.id,
				onInput: set("id"),
				readOnly: !fresh,
				required: fresh,
				dir: "ltr",
				faults: faults["id"] ?? faults["non_field_errors"]
			}),
			text("username", t.hint.username),
			/* @__PURE__ */ a(Choice, {
				name: "team",
				label: t.field["team"],
				value: is.team,
				options: choices(teams, is.team),
				choose: (team) => profile.value = {
					...profile.peek(),
					team
				},
				faults: faults["team"]
			}),
			/* @__PURE__ */ a(Field, {
				name: "phone",
				label: t.field["phone"],
				type: "tel",
				dir: "ltr",
				value: is.phone,
				onInput: set("phone"),
				faults: faults["phone"]
			}),
			text("vehicle")
		]
	});
}
function Active({ profile }) {
	const t = words.value;
	return /* @__PURE__ */ a("label", {
		class: "check",
		children: [/* @__PURE__ */ a("input", {
			type: "checkbox",
			checked: profile.value.active,
			onChange: (event) => profile.value = {
				...profile.peek(),
				active: event.currentTarget.checked
			}
		}), /* @__PURE__ */ a("span", { children: [
			t.field["active"],
			" ",
			/* @__PURE__ */ a("small", {
				class: "muted",
				children: t.hint.active
			})
		] })]
	});
}
/** The teams to choose from; only who manages everybody takes couriers out of theirs. */
function choices(teams, current) {
	const known = teams.map((team) => [team.id, called(team)]);
	const away = current !== "" && !teams.some(({ id }) => id === current) ? [[current, current]] : [];
	return [
		...managesAll.value || current === "" ? [["", words.value.noTeam]] : [],
		...known,
		...away
	];
}
/** What else can be done with a courier that is there. */
function More({ courier, actions, books, refusal, back }) {
	const t = words.value;
	const asking = useSignal(false);
	const remove = async () => {
		asking.value = false;
		const answer = await deleteCourier(courier.id);
		refusal.value = answer.refusal;
		if (answer.refusal) return;
		books.remove(courier.id);
		books.tell(t.removed(`\u2068${shownName(courier)}\u2069`));
		books.openTeams();
		back();
	};
	const show = () => {
		actions.open(void 0);
		actions.select(courier.id);
	};
	return /* @__PURE__ */ a($, { children: [
		courier.placed && /* @__PURE__ */ a("button", {
			class: "quiet",
			type: "button",
			onClick: show,
			children: t.showOnMap
		}),
		/* @__PURE__ */ a("button", {
			class: "quiet grave",
			type: "button",
			onClick: () => asking.value = true,
			children: t.remove
		}),
		asking.value && /* @__PURE__ */ a(Sure, {
			ask: t.askRemove(`\u2068${shownName(courier)}\u2069`),
			why: t.askRemoveCourier,
			act: t.remove,
			yes: () => void remove(),
			no: () => asking.value = false
		})
	] });
}
// src/manage/plan.ts
var limits = {
	id: 128,
	name: 512,
	username: 512,
	team: 512,
	phone: 512,
	vehicle: 512
};
var bytes = new TextEncoder();
/** The steps for the lines below the header. */
function plan(lines, columns, ground) {
	const seen = /* @__PURE__ */ new Map();
	const teams = teamsByName(ground.teams);
	return lines.map((line) => {
		const read = readLine(line, columns, ground, teams);
		const { id } = read.profile;
		const before = seen.get(id);
		if (before !== void 0 && id !== "") read.faults.push({
			column: "id",
			kind: "twice",
			about: String(before)
		});
		else seen.set(id, line.number);
		return step(line.number, read, ground);
	});
}
function step(line, { profile, faults }, { known, teams, all }) {
	const is = known.get(profile.id);
	if (!all && profile.id !== "") {
		if (!is) faults.push({
			column: "id",
			kind: "stranger",
			about: ""
		});
		else if (profile.team !== is.team && !teams.some(({ id }) => id === profile.team)) faults.push({
			column: "team",
			kind: "team",
			about: ""
		});
	}
	const changes = is ? differences(is, profile) : [];
	return {
		line,
		fate: faults.length > 0 ? "wrong" : !is ? "made" : changes.length > 0 ? "changed" : "same",
		profile,
		changes,
		faults
	};
}
function readLine({ cells }, columns, { known }, teams) {
	const id = unguarded(cells[columns.indexOf("id")] ?? "");
	const is = known.get(id) ?? blank(id);
	const profile = {
		...is,
		id,
		metadata: { ...is.metadata }
	};
	const faults = [];
	if (id === "") faults.push({
		column: "id",
		kind: "empty",
		about: ""
	});
	for (const [i, column] of columns.entries()) {
		if (column === void 0) continue;
		const cell = unguarded(cells[i] ?? "");
		if (column === "active") setActive(profile, cell, faults);
		else if (column.startsWith("metadata.")) setMetadata(profile, column.slice(9), cell, is);
		else setText(profile, column, cell, faults, teams);
	}
	return {
		profile,
		faults
	};
}
function setText(profile, column, cell, faults, teams) {
	const text = column === "team" ? teams.get(fold(cell)) ?? cell : cell;
	profile[column] = text;
	if (bytes.encode(text).length > limits[column]) faults.push({
		column,
		kind: "long",
		about: String(limits[column])
	});
	if (/\p{Cc}/u.test(text)) faults.push({
		column,
		kind: "control",
		about: ""
	});
}
/** An empty cell says nothing. */
function setActive(profile, cell, faults) {
	const said = cell === "" ? profile.active : truth(cell);
	if (said === void 0) faults.push({
		column: "active",
		kind: "truth",
		about: ""
	});
	else profile.active = said;
}
function setMetadata({ metadata }, key, cell, is) {
	if (cell === "") delete metadata[key];
	else metadata[key] = fromText(cell, is.metadata[key]);
}
/** From what a team is called to its id, where the name is one team's alone and nobody's id. */
function teamsByName(teams) {
	const found = /* @__PURE__ */ new Map();
	const twice = /* @__PURE__ */ new Set();
	for (const { id, name } of teams) {
		if (found.has(fold(name))) twice.add(fold(name));
		if (name !== "") found.set(fold(name), id);
	}
	for (const name of [...twice, ...teams.map(({ id }) => fold(id))]) found.delete(name);
	return found;
}
var most = 1e4;
var mostBytes = 4e6;
/** The steps that change something, in parts that the server takes at once: all of a part or none of it. */
function parts(steps) {
	const all = [];
	let size = Infinity;
	for (const each of steps) {
		if (each.fate !== "made" && each.fate !== "changed") continue;
		const more = bytes.encode(JSON.stringify(each.profile)).length;
		if (size + more > mostBytes || all.at(-1).length >= most) {
			all.push([]);
			size = 0;
		}
		all.at(-1).push(each);
		size += more;
	}
	return all;
}
/** The ids of teams that the steps name and that are not there yet. */
function newTeams(steps, teams) {
	const there = /* @__PURE__ */ new Set(["", ...teams.map(({ id }) => id)]);
	return [...new Set(steps.filter(({ fate }) => fate === "made" || fate === "changed").map(({ profile }) => profile.team))].filter((id) => !there.has(id));
}
// src/manage/preview.tsx
var fates = [
	"made",
	"changed",
	"wrong",
	"same"
];
var rowHeight = 52;
function Preview({ draft, books, actions, again }) {
	const t = words.value;
	const steps = useSignal(draft.steps);
	const shown = useSignal(void 0);
	const progress = useSignal(void 0);
	const counts = useComputed(() => count(steps.value));
	const rows = useComputed(() => shown.value === void 0 ? steps.value : steps.value.filter(({ fate }) => fate === shown.value));
	const fresh = newTeams(steps.value, books.teams.value);
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a("div", {
			class: "about",
			children: [
				/* @__PURE__ */ a("p", { children: [
					/* @__PURE__ */ a("bdi", { children: draft.file }),
					" ",
					/* @__PURE__ */ a("button", {
						class: "quiet",
						disabled: progress.value?.busy,
						onClick: again,
						children: t.otherFile
					})
				] }),
				draft.ignored.length > 0 && /* @__PURE__ */ a("p", {
					class: "muted",
					children: t.ignored(some(draft.ignored, language.value))
				}),
				fresh.length > 0 && /* @__PURE__ */ a("p", { children: t.makesTeams(some(fresh, language.value)) })
			]
		}),
		/* @__PURE__ */ a(Chips, {
			counts: counts.value,
			shown
		}),
		/* @__PURE__ */ a("div", {
			class: "list",
			children: /* @__PURE__ */ a(Rows, {
				id: "lines",
				label: t.importTitle,
				height: rowHeight,
				count: rows.value.length,
				at: -1,
				press: () => {},
				draw: (index, props) => /* @__PURE__ */ a(Row, {
					step: rows.value[index],
					props
				}, rows.value[index].line)
			})
		}),
		/* @__PURE__ */ a(Foot, {
			counts: counts.value,
			progress: progress.value,
			go: () => void run(steps, progress, books),
			done: () => actions.open({
				view: "couriers",
				id: void 0
			})
		})
	] });
}
function count(steps) {
	const counts = {
		made: 0,
		changed: 0,
		same: 0,
		wrong: 0
	};
	for (const { fate } of steps) counts[fate] += 1;
	return counts;
}
function Chips({ counts, shown }) {
	const t = words.value;
	return /* @__PURE__ */ a("div", {
		class: "chips",
		role: "group",
		"aria-label": t.importTitle,
		children: fates.map((each) => /* @__PURE__ */ a("button", {
			class: "chip",
			"aria-pressed": shown.value === each,
			onClick: () => shown.value = shown.peek() === each ? void 0 : each,
			children: [
				t.fate[each],
				" ",
				/* @__PURE__ */ a("b", { children: digits(counts[each], language.value) })
			]
		}, each))
	});
}
function Row({ step, props }) {
	const t = words.value;
	const { line, fate, profile, changes, faults } = step;
	const { phone, team } = profile;
	const told = faults.length > 0 ? faults.map(faultIn).join(" · ") : fate === "changed" ? changes.map(changeIn).join(" · ") : [phone, teams.value.get(team) ?? team].filter((each) => each !== "").join(" · ");
	return /* @__PURE__ */ a("div", {
		...props,
		class: `row-item line fate-${fate}`,
		"aria-selected": false,
		title: told,
		children: [
			/* @__PURE__ */ a("span", {
				class: "who",
				children: /* @__PURE__ */ a("bdi", { children: shownName(profile) || t.none })
			}),
			/* @__PURE__ */ a("span", {
				class: "fate",
				children: t.fate[fate]
			}),
			/* @__PURE__ */ a("span", {
				class: "what",
				children: told
			}),
			/* @__PURE__ */ a("span", {
				class: "old",
				children: t.line(digits(line, language.value))
			})
		]
	});
}
function faultIn({ column, kind, about }) {
	const t = words.value;
	const number = /^\d+$/.test(about) ? digits(Number(about), language.value) : about;
	return `${columnIn(column)} ${t.fault[kind](kind === "said" ? inWords(about, language.value) : number)}`;
}
function changeIn({ column, from, to }) {
	const arrow = language.value === "fa" ? "←" : "→";
	return `${columnIn(column)}: ${valueIn(column, from)} ${arrow} ${valueIn(column, to)}`;
}
function valueIn(column, text) {
	if (text === "") return words.value.none;
	return `\u2068${column === "active" ? activeIn(text) : column === "team" ? teams.value.get(text) ?? text : text}\u2069`;
}
function activeIn(text) {
	return text === "true" ? words.value.field["active"] : words.value.offDuty;
}
function columnIn(column) {
	return words.value.field[column] ?? column.replace("metadata.", "");
}
function Foot({ counts, progress, go, done }) {
	const t = words.value;
	const all = counts.made + counts.changed;
	const finished = progress && !progress.busy && !progress.refusal;
	const so = progress && progress.made + progress.changed;
	return /* @__PURE__ */ a("div", {
		class: "foot",
		children: [
			/* @__PURE__ */ a("span", {
				role: "status",
				children: [
					progress?.busy && t.progress(say$1(so), say$1(progress.all)),
					finished && t.result(say$1(progress.made), say$1(progress.changed)),
					!progress && counts.wrong > 0 && all > 0 && t.leftOut(say$1(counts.wrong), counts.wrong === 1),
					!progress && all === 0 && counts.wrong === 0 && t.nothingToDo
				]
			}),
			progress?.busy && /* @__PURE__ */ a("progress", {
				value: so,
				max: progress.all
			}),
			progress?.refusal && /* @__PURE__ */ a("p", {
				class: "refused",
				children: t.stopped(say$1(so))
			}),
			/* @__PURE__ */ a(Refused, { refusal: progress?.refusal }),
			finished ? /* @__PURE__ */ a("button", {
				class: "primary",
				onClick: done,
				children: t.toList
			}) : /* @__PURE__ */ a("button", {
				class: "primary",
				disabled: all === 0 || progress?.busy,
				onClick: go,
				children: t.doImport(say$1(all), all === 1)
			})
		]
	});
}
function say$1(n) {
	return digits(n, language.value);
}
/** Imports part by part, until the end or until one is refused. */
async function run(steps, progress, books) {
	const all = parts(steps.peek());
	const now = {
		busy: true,
		all: all.flat().length,
		made: 0,
		changed: 0,
		refusal: void 0
	};
	progress.value = { ...now };
	for (const part of all) {
		const answer = await putCouriers(part.map(({ profile }) => profile));
		if (answer.refusal) {
			now.refusal = answer.refusal;
			steps.value = marked(steps.peek(), part, answer.refusal.couriers);
			break;
		}
		now.made += answer.value.made;
		now.changed += answer.value.changed;
		const kept = new Set(part);
		steps.value = steps.peek().map((each) => kept.has(each) ? become(each, "same") : each);
		progress.value = { ...now };
	}
	progress.value = {
		...now,
		busy: false
	};
	await books.openTeams();
	await books.open();
}
/** The steps, of which the server found some of a part wrong. */
function marked(steps, part, wrong) {
	const faults = new Map([...wrong].map(([place, said]) => [part[place], said]));
	return steps.map((each) => {
		const said = faults.get(each);
		if (!said) return each;
		return become(each, "wrong", Object.entries(said).map(([column, sentences]) => ({
			column,
			kind: "said",
			about: sentences.join(" ")
		})));
	});
}
function become(step, fate, faults = []) {
	return {
		...step,
		fate,
		faults
	};
}
// src/manage/import.tsx
function Import({ actions, books }) {
	const state = useSignal({ is: "empty" });
	const now = state.value;
	const take = async (file) => {
		state.value = {
			is: "reading",
			count: 0
		};
		state.value = await read(file, books, (count) => state.value = {
			is: "reading",
			count
		});
	};
	return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a(Title, {
		back: () => actions.open({
			view: "couriers",
			id: void 0
		}),
		children: words.value.importTitle
	}), now.is === "read" ? /* @__PURE__ */ a(Preview, {
		draft: now.draft,
		books,
		actions,
		again: () => state.value = { is: "empty" }
	}) : /* @__PURE__ */ a(Chooser, {
		state: now,
		take: (file) => void take(file)
	})] });
}
function Chooser({ state, take }) {
	const t = words.value;
	return /* @__PURE__ */ a("div", {
		class: "scroll form",
		children: [
			/* @__PURE__ */ a(Drop, { take }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				role: "status",
				children: state.is === "reading" && `${t.comparing} ${state.count > 0 ? digits(state.count, language.value) : ""}`
			}),
			state.is === "bad" && /* @__PURE__ */ a("p", {
				class: "refused",
				role: "alert",
				children: state.why
			}),
			state.is === "refused" && /* @__PURE__ */ a(Refused, {
				refusal: state.refusal,
				again: () => take(state.file)
			}),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: t.dropHint
			}),
			/* @__PURE__ */ a("p", { children: /* @__PURE__ */ a("button", {
				class: "quiet",
				onClick: () => save("example.csv", writeTable(sample())),
				children: t.sample
			}) })
		]
	});
}
function Drop({ take }) {
	const t = words.value;
	const input = T(null);
	const over = useSignal(false);
	const drop = (event) => {
		event.preventDefault();
		over.value = false;
		const file = event.dataTransfer?.files[0];
		if (file) take(file);
	};
	const drag = (event) => {
		event.preventDefault();
		over.value = true;
	};
	return /* @__PURE__ */ a("div", {
		class: over.value ? "drop over" : "drop",
		onDragOver: drag,
		onDragLeave: () => over.value = false,
		onDrop: drop,
		children: [
			/* @__PURE__ */ a("p", { children: t.drop }),
			/* @__PURE__ */ a("button", {
				class: "primary",
				onClick: () => input.current?.click(),
				children: t.choose
			}),
			/* @__PURE__ */ a("input", {
				ref: input,
				type: "file",
				hidden: true,
				"aria-label": t.choose,
				accept: ".csv,.tsv,.txt,text/csv",
				onChange: (event) => event.currentTarget.files?.[0] && take(event.currentTarget.files[0])
			})
		]
	});
}
/** Reads the file and compares it with what is there. */
async function read(file, books, sofar) {
	const t = words.peek();
	try {
		const [header, ...lines] = readTable(decode(new Uint8Array(await file.arrayBuffer())));
		const names = header?.cells.map(unguarded) ?? [];
		const columns = columnsOf(names);
		if (!columns.includes("id")) return {
			is: "bad",
			why: t.tableFault.noId
		};
		if (lines.length === 0) return {
			is: "bad",
			why: t.tableFault.empty
		};
		const refusal = await books.openTeams();
		const known = refusal ? { refusal } : await allCouriers({}, sofar);
		if (known.refusal) return {
			is: "refused",
			refusal: known.refusal,
			file
		};
		const ground = {
			known: new Map(known.value.map((each) => [each.id, each])),
			teams: books.teams.peek(),
			all: managesAll.peek()
		};
		const ignored = names.filter((name, i) => columns[i] === void 0 && name !== "");
		return {
			is: "read",
			draft: {
				file: file.name,
				steps: plan(lines, columns, ground),
				ignored
			}
		};
	} catch (fault) {
		if (fault instanceof TableError) return {
			is: "bad",
			why: faultOf(fault)
		};
		throw fault;
	}
}
function faultOf({ fault, line }) {
	const t = words.peek().tableFault;
	return fault === "quote" ? t.quote(digits(line, language.peek())) : t.encoding;
}
/** What a table may look like. */
function sample() {
	const persian = language.peek() === "fa";
	return [[
		"id",
		"name",
		"username",
		"team",
		"phone",
		"vehicle",
		"active"
	].map((name) => persian ? words.peek().field[name] : name), persian ? [
		"101",
		"سارا کریمی",
		"sara",
		"north",
		"09120000000",
		"موتور",
		"بله"
	] : [
		"101",
		"Sara Karimi",
		"sara",
		"north",
		"+98 912 000 0000",
		"motorcycle",
		"yes"
	]];
}
// src/manage/keyform.tsx
var offered = [
	"viewer",
	"admin",
	"courier",
	"service"
];
var lives = [
	"1",
	"7",
	"30",
	"90",
	"365",
	"0"
];
var day = 864e5;
/** Changes the key with the id; an empty one makes a new key. */
function KeyForm({ id, actions, books }) {
	const t = words.value;
	const found = useSignal(id === "" ? "new" : void 0);
	const made = useSignal(void 0);
	const load = async () => {
		const answer = await listKeys();
		found.value = answer.refusal ?? answer.value.find((each) => each.id === id && each.revoked === void 0) ?? {
			kind: "missing",
			fields: {},
			couriers: /* @__PURE__ */ new Map()
		};
	};
	A(() => void (id !== "" && load()), []);
	const back = () => actions.open({
		view: "keys",
		id: void 0
	});
	const is = found.value;
	const refusal = typeof is === "object" && "kind" in is ? is : void 0;
	const old = typeof is === "object" && !("kind" in is) ? is : void 0;
	if (made.value) return /* @__PURE__ */ a(Once, {
		is: made.value.key,
		text: made.value.text,
		done: back
	});
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(Title, {
			back,
			children: old ? /* @__PURE__ */ a("bdi", { children: old.name || old.prefix }) : t.newKey
		}),
		/* @__PURE__ */ a(Refused, { refusal }),
		(old || is === "new") && /* @__PURE__ */ a(Form, {
			old,
			books,
			back,
			show: (key) => made.value = key
		})
	] });
}
function Form({ old, books, back, show }) {
	const t = words.value;
	const form = T(null);
	const wanted = useSignal(old ?? {
		name: "",
		role: "viewer",
		all: true,
		teams: [],
		couriers: [],
		courier: "",
		until: void 0
	});
	const life = useSignal(old ? "keep" : "90");
	const refusal = useSignal(void 0);
	const send = async (event) => {
		event.preventDefault();
		const answer = await ask(old, {
			...wanted.peek(),
			until: endOf(life.peek(), old)
		});
		refusal.value = answer.refusal;
		if (answer.refusal) return toFirstWrong(form.current);
		if (answer.value !== null) return show(answer.value);
		books.tell(t.saved(`\u2068${wanted.peek().name || old.prefix}\u2069`));
		back();
	};
	const faults = refusal.value?.fields ?? {};
	const set = (change) => wanted.value = {
		...wanted.peek(),
		...change
	};
	return /* @__PURE__ */ a("form", {
		ref: form,
		class: "form",
		noValidate: true,
		onSubmit: (event) => void send(event),
		children: [
			/* @__PURE__ */ a(Refused, { refusal: refusal.value }),
			/* @__PURE__ */ a("div", {
				class: "fields",
				children: [/* @__PURE__ */ a(Field, {
					name: "name",
					label: t.field["name"],
					hint: t.hint.keyName,
					value: wanted.value.name,
					onInput: (event) => set({ name: event.currentTarget.value }),
					faults: faults["name"]
				}), /* @__PURE__ */ a(Life, {
					life,
					old,
					faults: faults["until"]
				})]
			}),
			/* @__PURE__ */ a(Roles, {
				role: wanted.value.role,
				choose: (role) => set({ role }),
				faults: faults["role"]
			}),
			wanted.value.role === "courier" ? /* @__PURE__ */ a(Field, {
				name: "courier",
				label: t.field["courier"],
				dir: "ltr",
				value: wanted.value.courier,
				onInput: (event) => set({ courier: event.currentTarget.value.trim() }),
				faults: faults["courier"]
			}) : /* @__PURE__ */ a(Reach, {
				wanted,
				books,
				faults: faults["teams"]
			}),
			/* @__PURE__ */ a("div", {
				class: "foot",
				children: [/* @__PURE__ */ a("button", {
					class: "primary",
					children: old ? t.save : t.make
				}), /* @__PURE__ */ a("button", {
					class: "soft",
					type: "button",
					onClick: back,
					children: t.cancel
				})]
			})
		]
	});
}
/** Makes or changes the key; a new one is the value. Only what its role has a use for is said. */
async function ask(old, { name, role, all, teams, couriers, courier, until }) {
	const { said, noTeamChosen } = words.peek();
	const own = role === "courier";
	if (own && courier === "") return { refusal: wrongField("courier", said.required) };
	if (!own && !all && teams.length + couriers.length === 0) return { refusal: wrongField("teams", noTeamChosen) };
	const some = !own && !all;
	const sent = {
		name: name.trim(),
		role,
		all: !own && all,
		teams: some ? teams : [],
		couriers: some ? couriers : [],
		courier: own ? courier : "",
		until
	};
	if (!old) return makeKey(sent);
	const answer = await putKey(old.id, sent);
	return answer.refusal ? answer : { value: null };
}
function endOf(life, old) {
	if (life === "keep") return old?.until;
	return life === "0" ? void 0 : serverNow() + Number(life) * day;
}
function serverNow() {
	return now.peek().server ?? Date.now();
}
function Life({ life, old, faults }) {
	const t = words.value;
	const options = [...old ? ["keep"] : [], ...lives].map((each) => [each, t.lasting[each]]);
	const end = endOf(life.value, old);
	const hint = end === void 0 ? t.unlimited : `${t.until} ${date(end, language.value, timezone.value)}`;
	return /* @__PURE__ */ a(Choice, {
		name: "until",
		label: t.lasts,
		hint,
		value: life.value,
		options,
		choose: (chosen) => life.value = chosen,
		faults
	});
}
function Roles({ role, choose, faults }) {
	const t = words.value;
	return /* @__PURE__ */ a("fieldset", {
		class: "choices",
		children: [
			/* @__PURE__ */ a("legend", { children: t.field["role"] }),
			offered.map((each) => /* @__PURE__ */ a("label", {
				class: "check",
				children: [/* @__PURE__ */ a("input", {
					type: "radio",
					name: "role",
					checked: role === each,
					onChange: () => choose(each)
				}), /* @__PURE__ */ a("span", { children: [
					texts[language.value].roles[each],
					" ",
					/* @__PURE__ */ a("small", {
						class: "muted",
						children: t.roleHint[each]
					})
				] })]
			}, each)),
			/* @__PURE__ */ a(Wrong, {
				name: "role",
				faults
			})
		]
	});
}
function Reach({ wanted, books, faults }) {
	const t = words.value;
	const { all, teams, couriers } = wanted.value;
	const set = (change) => wanted.value = {
		...wanted.peek(),
		...change
	};
	const toggle = (id, on) => set({ teams: on ? [...teams, id] : teams.filter((each) => each !== id) });
	const gone = teams.filter((id) => !books.teams.value.some((team) => team.id === id)).map((id) => ({
		id,
		name: "",
		couriers: 0
	}));
	return /* @__PURE__ */ a("fieldset", {
		class: "choices",
		children: [
			/* @__PURE__ */ a("legend", { children: t.reach }),
			[true, false].map((each) => /* @__PURE__ */ a("label", {
				class: "check",
				children: [/* @__PURE__ */ a("input", {
					type: "radio",
					name: "reach",
					checked: all === each,
					onChange: () => set({ all: each })
				}), each ? t.reachAll : t.reachTeams]
			}, String(each))),
			!all && /* @__PURE__ */ a("div", {
				class: "teams",
				children: [
					[...books.teams.value, ...gone].map((team) => /* @__PURE__ */ a("label", {
						class: "check",
						children: [/* @__PURE__ */ a("input", {
							type: "checkbox",
							checked: teams.includes(team.id),
							"aria-invalid": faults !== void 0,
							onChange: (event) => toggle(team.id, event.currentTarget.checked)
						}), /* @__PURE__ */ a("bdi", { children: called(team) })]
					}, team.id)),
					books.teams.value.length === 0 && /* @__PURE__ */ a("p", {
						class: "muted",
						children: t.noTeams
					}),
					couriers.length > 0 && /* @__PURE__ */ a("p", {
						class: "muted",
						children: t.reachCouriers(digits(couriers.length, language.value), couriers.length === 1)
					})
				]
			}),
			/* @__PURE__ */ a(Wrong, {
				name: "teams",
				faults
			})
		]
	});
}
/** The key, this once. */
function Once({ is: { name, prefix, role }, text, done }) {
	const t = words.value;
	const shown = T(null);
	const copied = useSignal("");
	const watches = role === "admin" || role === "viewer";
	const link = `${root}#token=${text}`;
	const take = async (what) => {
		if (await copy(what, shown.current)) copied.value = what;
	};
	return /* @__PURE__ */ a("section", {
		class: "form once",
		"aria-label": t.onceTitle,
		children: [
			/* @__PURE__ */ a("h2", { children: t.onceTitle }),
			/* @__PURE__ */ a("p", { children: /* @__PURE__ */ a("bdi", { children: name || prefix }) }),
			/* @__PURE__ */ a("p", {
				class: "note",
				role: "alert",
				children: t.onceWhy
			}),
			/* @__PURE__ */ a("pre", {
				dir: "ltr",
				tabIndex: 0,
				children: /* @__PURE__ */ a("code", {
					ref: shown,
					children: text
				})
			}),
			/* @__PURE__ */ a("p", {
				class: "row",
				children: [/* @__PURE__ */ a("button", {
					class: "primary",
					autofocus: true,
					onClick: () => void take(text),
					children: copied.value === text ? t.copied : t.copyKey
				}), watches && /* @__PURE__ */ a("button", {
					class: "soft",
					onClick: () => void take(link),
					children: copied.value === link ? t.copied : t.copyLink
				})]
			}),
			watches && /* @__PURE__ */ a("small", {
				class: "muted",
				children: t.linkWhy
			}),
			/* @__PURE__ */ a("div", {
				class: "foot",
				children: /* @__PURE__ */ a("button", {
					class: "soft",
					onClick: done,
					children: t.done
				})
			})
		]
	});
}
// src/manage/keys.tsx
function Keys({ actions, books }) {
	const t = words.value;
	const keys = useSignal(void 0);
	const refusal = useSignal(void 0);
	const load = async () => {
		const answer = await listKeys();
		refusal.value = answer.refusal;
		if (!answer.refusal) keys.value = answer.value.toSorted((a, b) => (b.made ?? 0) - (a.made ?? 0));
	};
	A(() => void load(), []);
	const all = keys.value ?? [];
	const [good, gone] = [all.filter((each) => each.revoked === void 0), all.filter((each) => each.revoked !== void 0)];
	const item = (each) => /* @__PURE__ */ a(Item$1, {
		is: each,
		change: () => actions.open({
			view: "keys",
			id: each.id
		}),
		books,
		reload: () => void load()
	}, each.id);
	return /* @__PURE__ */ a("div", {
		class: "scroll",
		children: [
			/* @__PURE__ */ a("div", {
				class: "doings",
				children: /* @__PURE__ */ a("button", {
					class: "primary",
					onClick: () => actions.open({
						view: "keys",
						id: ""
					}),
					children: t.newKey
				})
			}),
			/* @__PURE__ */ a(Refused, {
				refusal: refusal.value,
				again: () => void load()
			}),
			keys.value && good.length === 0 && /* @__PURE__ */ a("p", {
				class: "nothing muted",
				children: t.noKeys
			}),
			/* @__PURE__ */ a("ul", {
				class: "items",
				children: good.map(item)
			}),
			gone.length > 0 && /* @__PURE__ */ a("details", {
				class: "gone",
				children: [/* @__PURE__ */ a("summary", { children: t.showRevoked(digits(gone.length, language.value)) }), /* @__PURE__ */ a("ul", {
					class: "items",
					children: gone.map(item)
				})]
			})
		]
	});
}
function Item$1({ is, change, books, reload }) {
	const t = words.value;
	const name = is.name || is.prefix;
	const asking = useSignal(false);
	const refusal = useSignal(void 0);
	const revoke = async () => {
		asking.value = false;
		const answer = await revokeKey(is.id);
		refusal.value = answer.refusal;
		if (answer.refusal) return;
		books.tell(t.revoked(`\u2068${name}\u2069`));
		reload();
	};
	return /* @__PURE__ */ a("li", {
		class: "item key",
		children: [
			/* @__PURE__ */ a("span", {
				class: "called",
				children: [
					/* @__PURE__ */ a("strong", { children: /* @__PURE__ */ a("bdi", { children: name }) }),
					/* @__PURE__ */ a("code", {
						dir: "ltr",
						children: is.prefix
					}),
					/* @__PURE__ */ a("span", { children: [
						texts[language.value].roles[is.role],
						" · ",
						whom(scopesOf(is), teams.value, language.value)
					] }),
					/* @__PURE__ */ a("small", {
						class: "muted",
						children: dates(is).join(" · ")
					})
				]
			}),
			is.revoked === void 0 && /* @__PURE__ */ a("span", {
				class: "acts",
				children: [/* @__PURE__ */ a("button", {
					class: "soft",
					"aria-label": `${t.changeKey}: ${name}`,
					onClick: change,
					children: t.changeKey
				}), /* @__PURE__ */ a("button", {
					class: "quiet grave",
					"aria-label": `${t.revoke}: ${name}`,
					onClick: () => asking.value = true,
					children: t.revoke
				})]
			}),
			/* @__PURE__ */ a(Refused, { refusal: refusal.value }),
			asking.value && /* @__PURE__ */ a(Sure, {
				ask: t.askRevoke(`\u2068${name}\u2069`),
				why: t.askRevokeWhy,
				act: t.revoke,
				yes: () => void revoke(),
				no: () => asking.value = false
			})
		]
	});
}
/** Whom the key covers. */
function scopesOf({ role, all, teams: some, couriers, courier }) {
	if (role === "courier") return [{
		kind: "courier",
		name: courier
	}];
	if (all) return [{
		kind: "all",
		name: ""
	}];
	return [...some.map((name) => ({
		kind: "team",
		name
	})), ...couriers.map((name) => ({
		kind: "courier",
		name
	}))];
}
function say(moment) {
	return date(moment, language.value, timezone.value);
}
/** Its life in a few words. */
function dates({ made, used, until, revoked }) {
	const t = words.value;
	const over = until !== void 0 && until <= (now.value.server ?? Date.now());
	return [
		made === void 0 ? "" : `${t.made} ${say(made)}`,
		used === void 0 ? t.neverUsed : `${t.used} ${say(used)}`,
		until === void 0 ? t.unlimited : `${over ? t.ended : t.until} ${say(until)}`,
		revoked === void 0 ? "" : `${t.revokedAt} ${say(revoked)}`
	].filter((part) => part !== "");
}
// src/manage/teams.tsx
function Teams({ actions, books }) {
	const refusal = useSignal(void 0);
	const load = async () => {
		refusal.value = await books.openTeams();
	};
	A(() => void load(), []);
	const list = books.teams.value;
	const show = (team) => {
		books.team.value = team.id;
		books.query.value = "";
		books.open();
		actions.open({
			view: "couriers",
			id: void 0
		});
	};
	return /* @__PURE__ */ a("div", {
		class: "scroll",
		children: [
			managesAll.value && /* @__PURE__ */ a(Make, { books }),
			/* @__PURE__ */ a(Refused, {
				refusal: refusal.value,
				again: () => void load()
			}),
			list.length === 0 && !refusal.value && /* @__PURE__ */ a("p", {
				class: "nothing muted",
				children: words.value.noTeams
			}),
			/* @__PURE__ */ a("ul", {
				class: "items",
				children: list.map((team) => /* @__PURE__ */ a(Item, {
					team,
					books,
					show: () => show(team)
				}, team.id))
			})
		]
	});
}
function Make({ books }) {
	const t = words.value;
	const form = T(null);
	const refusal = useSignal(void 0);
	const make = async (event) => {
		event.preventDefault();
		const said = new FormData(form.current);
		const [id, name] = [String(said.get("id")).trim(), String(said.get("name")).trim()];
		refusal.value = wrongId(id, books) ?? await put(id, name, books);
		if (refusal.peek()) toFirstWrong(form.current);
		else form.current?.reset();
	};
	const faults = refusal.value?.fields ?? {};
	return /* @__PURE__ */ a("form", {
		ref: form,
		class: "form make",
		noValidate: true,
		onSubmit: (event) => void make(event),
		children: [
			/* @__PURE__ */ a("h2", { children: t.newTeam }),
			/* @__PURE__ */ a(Refused, { refusal: refusal.value }),
			/* @__PURE__ */ a("div", {
				class: "fields",
				children: [/* @__PURE__ */ a(Field, {
					name: "name",
					label: t.field["name"],
					hint: t.hint.teamName,
					faults: faults["name"]
				}), /* @__PURE__ */ a(Field, {
					name: "id",
					label: t.field["id"],
					hint: t.hint.teamId,
					dir: "ltr",
					required: true,
					faults: faults["id"]
				})]
			}),
			/* @__PURE__ */ a("button", {
				class: "primary",
				children: t.makeTeam
			})
		]
	});
}
/** What is wrong with the id of a new team; one that is there would only be renamed. */
function wrongId(id, books) {
	const { said } = words.peek();
	if (id === "") return wrongField("id", said.required);
	return books.teams.peek().some((team) => team.id === id) ? wrongField("id", said.exists) : void 0;
}
/** Makes the team, or names it; returns why not. */
async function put(id, name, books) {
	const answer = await putTeam(id, name);
	if (answer.refusal) return answer.refusal;
	books.tell(words.peek().saved(`\u2068${name || id}\u2069`));
	return books.openTeams();
}
function Item({ team, books, show }) {
	const t = words.value;
	const renaming = useSignal(false);
	const asking = useSignal(false);
	const refusal = useSignal(void 0);
	const remove = async () => {
		asking.value = false;
		const answer = await deleteTeam(team.id);
		refusal.value = answer.refusal;
		if (answer.refusal) return void books.openTeams();
		books.tell(t.removed(`\u2068${called(team)}\u2069`));
		await books.openTeams();
	};
	return /* @__PURE__ */ a("li", {
		class: "item",
		children: [
			renaming.value ? /* @__PURE__ */ a(Rename, {
				team,
				books,
				done: () => renaming.value = false
			}) : /* @__PURE__ */ a(Name, { team }),
			/* @__PURE__ */ a("span", {
				class: "acts",
				children: [/* @__PURE__ */ a("button", {
					class: "quiet",
					onClick: show,
					children: t.people(digits(team.couriers, language.value), team.couriers === 1)
				}), managesAll.value && !renaming.value && /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("button", {
					class: "square",
					"aria-label": `${t.rename}: ${called(team)}`,
					title: t.rename,
					onClick: () => renaming.value = true,
					children: /* @__PURE__ */ a(Icon, { of: "edit" })
				}), /* @__PURE__ */ a("button", {
					class: "square",
					"aria-label": `${t.remove}: ${called(team)}`,
					title: team.couriers > 0 ? t.teamUsed : t.remove,
					disabled: team.couriers > 0,
					onClick: () => asking.value = true,
					children: /* @__PURE__ */ a(Icon, { of: "bin" })
				})] })]
			}),
			refusal.value?.kind === "used" ? /* @__PURE__ */ a("p", {
				class: "refused",
				role: "alert",
				children: t.teamUsed
			}) : /* @__PURE__ */ a(Refused, { refusal: refusal.value }),
			asking.value && /* @__PURE__ */ a(Sure, {
				ask: t.askRemove(`\u2068${called(team)}\u2069`),
				why: t.askRemoveTeam,
				act: t.remove,
				yes: () => void remove(),
				no: () => asking.value = false
			})
		]
	});
}
function Name({ team }) {
	return /* @__PURE__ */ a("span", {
		class: "called",
		children: [/* @__PURE__ */ a("strong", { children: /* @__PURE__ */ a("bdi", { children: called(team) }) }), team.name !== "" && /* @__PURE__ */ a("span", {
			class: "muted",
			children: /* @__PURE__ */ a("bdi", { children: team.id })
		})]
	});
}
function Rename({ team, books, done }) {
	const t = words.value;
	const input = T(null);
	const refusal = useSignal(void 0);
	A(() => input.current?.select(), []);
	const save = async (event) => {
		event.preventDefault();
		refusal.value = await put(team.id, input.current.value.trim(), books);
		if (!refusal.peek()) done();
	};
	return /* @__PURE__ */ a("form", {
		class: "rename",
		onSubmit: (event) => void save(event),
		onKeyDown: (event) => event.key === "Escape" && (event.stopPropagation(), done()),
		children: [
			/* @__PURE__ */ a("input", {
				ref: input,
				dir: "auto",
				"aria-label": t.field["name"],
				defaultValue: team.name,
				autocomplete: "off"
			}),
			/* @__PURE__ */ a("button", {
				class: "primary",
				children: t.save
			}),
			/* @__PURE__ */ a("button", {
				class: "soft",
				type: "button",
				onClick: done,
				children: t.cancel
			}),
			/* @__PURE__ */ a(Refused, { refusal: refusal.value })
		]
	});
}
// src/manage/desk.tsx
var tabs = [
	"couriers",
	"teams",
	"keys"
];
function Desk({ actions }) {
	const books = w(() => new Books(), []);
	A(() => {
		books.open();
		books.openTeams();
	}, []);
	const at = place.value;
	if (!at) return null;
	return /* @__PURE__ */ a("main", {
		class: "box desk",
		"aria-label": words.value.manage,
		children: [
			/* @__PURE__ */ a(Tabs, {
				at,
				actions
			}),
			/* @__PURE__ */ a("div", {
				class: "view",
				children: /* @__PURE__ */ a(View, {
					at,
					actions,
					books
				})
			}),
			/* @__PURE__ */ a("p", {
				class: books.done.value === "" ? "done" : "done told",
				role: "status",
				children: books.done.value
			})
		]
	});
}
function View({ at, actions, books }) {
	const props = {
		actions,
		books
	};
	if (at.view === "keys" && managesAll.value) return at.id === void 0 ? /* @__PURE__ */ a(Keys, { ...props }) : /* @__PURE__ */ a(KeyForm, {
		id: at.id,
		...props
	}, at.id);
	if (at.view === "teams") return /* @__PURE__ */ a(Teams, { ...props });
	if (at.view === "import") return /* @__PURE__ */ a(Import, { ...props });
	return at.id === void 0 || at.view === "keys" ? /* @__PURE__ */ a(Couriers, { ...props }) : /* @__PURE__ */ a(CourierForm, {
		id: at.id,
		...props
	}, at.id);
}
function Tabs({ at, actions }) {
	const t = words.value;
	const shown = tabs.filter((each) => each !== "keys" || managesAll.value);
	const current = at.view === "import" ? "couriers" : at.view;
	return /* @__PURE__ */ a("nav", {
		class: "tabs",
		"aria-label": t.manage,
		children: [shown.map((view) => /* @__PURE__ */ a("button", {
			"aria-current": view === current ? "page" : void 0,
			onClick: () => actions.open({
				view,
				id: void 0
			}),
			children: t.views[view]
		}, view)), /* @__PURE__ */ a("button", {
			class: "square",
			"aria-label": t.close,
			title: t.close,
			onClick: () => actions.open(void 0),
			children: /* @__PURE__ */ a(Icon, { of: "close" })
		})]
	});
}
export { Desk };
