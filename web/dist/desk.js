import { $ as A, D as texts, I as root, O as language, Q as y, S as whom, T as digits, X as useSignal, Y as useComputed, c as a, g as place, h as now, i as Icon, k as timezone, l as nameTeams, n as fold, nt as w, o as Rows, p as managesAll, r as copy, rt as $, s as rowId, tt as T, w as date, x as some, y as teams } from "./main.js";
import { C as described, E as inWords, S as Wrong, T as words, _ as Choice, a as deleteTeam, b as Sure, c as listTeams, d as putCouriers, f as putKey, g as wrongField, h as showCourier, i as deleteCourier, l as makeKey, m as revokeKey, o as listCouriers, p as putTeam, s as listKeys, t as allCouriers, u as putCourier, v as Field, w as toFirstWrong, x as Title, y as Refused } from "./calls.js";
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
	tell(text) {
		clearTimeout(this.timer);
		const { done } = this;
		done.value = text;
		this.timer = setTimeout(() => done.value = "", saying);
	}
	async open() {
		const asked = ++this.asked;
		this.state.value = "loading";
		const page = await this.ask("");
		if (asked !== this.asked) return;
		this.couriers.value = [];
		this.cursor.value = -1;
		this.take(page);
	}
	async goOn() {
		if (this.next === void 0 || this.state.peek() !== "ready") return;
		const asked = ++this.asked;
		this.state.value = "loading";
		const page = await this.ask(this.next);
		if (asked === this.asked) this.take(page);
	}
	async openTeams() {
		const answer = await listTeams();
		if (answer.refusal) return answer.refusal;
		this.teams.value = answer.value;
		nameTeams(answer.value);
	}
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
function shownName({ id, name, username }) {
	return name || username || id;
}
function asText(value) {
	return typeof value === "string" ? value : JSON.stringify(value);
}
function fromText(text, old) {
	return old !== void 0 && asText(old) === text ? old : text;
}
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
function written$1(details) {
	return details.filter(({ key, value }) => key.trim() !== "" || value !== "");
}
// src/manage/columns.ts
var meta = "metadata.";
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
function truth(text) {
	const said = plain(text);
	return yes.has(said) ? true : no.has(said) ? false : void 0;
}
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
function decode(bytes) {
	const [first, second] = bytes;
	const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw new TableError("encoding", 0);
	}
}
function readTable(text) {
	const said = /^sep=(.)\r?\n/i.exec(text);
	const rest = said ? text.slice(said[0].length) : text;
	return new Reader(rest, said?.[1] ?? separatorOf(rest), said ? 2 : 1).lines();
}
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
function writeTable(rows) {
	return `\uFEFF${rows.map((row) => `${row.map(written).join(",")}\r\n`).join("")}`;
}
function written(cell) {
	const safe = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
	return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}
function unguarded(cell) {
	return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
// src/manage/file.ts
function save(name, text) {
	const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
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
async function wrongId$1(id) {
	const { said } = words.peek();
	if (id === "") return wrongField("id", said.required);
	return (await showCourier(id)).refusal ? void 0 : wrongField("id", said.exists);
}
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
function choices(teams, current) {
	const known = teams.map((team) => [team.id, called(team)]);
	const away = current !== "" && !teams.some(({ id }) => id === current) ? [[current, current]] : [];
	return [
		...managesAll.value || current === "" ? [["", words.value.noTeam]] : [],
		...known,
		...away
	];
}
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
function wrongId(id, books) {
	const { said } = words.peek();
	if (id === "") return wrongField("id", said.required);
	return books.teams.peek().some((team) => team.id === id) ? wrongField("id", said.exists) : void 0;
}
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
