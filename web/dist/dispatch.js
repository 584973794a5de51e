import { $ as A$1, B as array, C as age, E as hourAndMinute, F as stateOf, G as number, I as root, J as words$1, K as object, M as moment, N as orderStates, O as language, P as placeOf, Q as y$1, T as digits, U as known, W as list, X as useSignal, Z as O, _ as selectedId, a as silent, b as who, c as a$1, d as ground, et as F$1, f as loaded, g as place, h as now, i as Icon, j as hasEnded, k as timezone, m as mayManage, nt as w$1, o as Rows, q as string, r as copy, rt as $$1, s as rowId, t as tel, tt as T, u as bringer, v as sheet, w as date } from "./main.js";
import { b as Sure, n as call, r as callFor, x as Title, y as Refused } from "./calls.js";
// src/dispatch/faithful.ts
function faithful(text) {
	return JSON.parse(text, keep);
}
var raw = JSON.rawJSON;
function keep(_key, value, context) {
	const source = typeof value === "number" ? context?.source : void 0;
	return source !== void 0 && raw && String(value) !== source ? raw(source) : value;
}
// src/dispatch/order.ts
function parseOrder(item) {
	const o = object(item, "order");
	return {
		id: string(o, "id"),
		state: stateOf(o),
		courier: words$1(o, "courier") ?? "",
		destination: placeOf(o["destination"]),
		pickup: placeOf(o["pickup"]),
		promised: moment(o, "promised"),
		stop: known(o, "stop") ?? 0,
		customer: words$1(o, "customer") ?? "",
		phone: words$1(o, "phone") ?? "",
		code: words$1(o, "code") ?? "",
		reason: words$1(o, "reason") ?? "",
		times: times(object(o["times"] ?? {}, "times")),
		version: known(o, "version") ?? 0
	};
}
function isOpen({ state }) {
	return !hasEnded(state);
}
function called({ id, customer }) {
	return customer || id;
}
function inRound(a, b) {
	return firstKnown(a.stop || void 0, b.stop || void 0) || inTime(a, b) || firstKnown(pickedUp(a), pickedUp(b)) || byId(a, b);
}
function inTime(a, b) {
	return firstKnown(a.promised, b.promised);
}
function byId(a, b) {
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
function pickedUp({ state, times: at }) {
	return state === "picked_up" ? at.picked_up ?? 0 : void 0;
}
function firstKnown(a, b) {
	if (a === void 0 || b === void 0) return Number(a === void 0) - Number(b === void 0);
	return a - b;
}
function times(o) {
	return Object.fromEntries(orderStates.flatMap((state) => {
		const at = moment(o, state);
		return at === void 0 ? [] : [[state, at]];
	}));
}
// src/dispatch/calls.ts
var open$1 = "created,assigned,picked_up";
var pageSize = 1e3;
var most = 10;
var fields = [
	"courier",
	"destination",
	"pickup",
	"promised",
	"stop",
	"customer",
	"phone",
	"shop_phone",
	"courier_phone",
	"code",
	"reason",
	"metadata"
];
async function openOrders(courier = "") {
	const all = [];
	let after = "";
	for (let page = 0; page < most; page++) {
		const answer = await listOrders({
			state: open$1,
			courier,
			after,
			limit: pageSize
		});
		if (answer.refusal) return answer;
		all.push(...answer.value.orders);
		if (answer.value.next === void 0) break;
		after = answer.value.next;
	}
	return { value: all };
}
async function findOrders(q) {
	const answer = await listOrders({
		q,
		limit: 200
	});
	return answer.refusal ? answer : { value: answer.value.orders };
}
function listOrders(query) {
	const asked = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== "") asked.set(name, String(value));
	return call(`orders?${asked}`, "GET", void 0, (o) => ({
		orders: list(o, "orders").map(parseOrder),
		next: words$1(o, "next")
	}));
}
function showOrder(id) {
	return call(path(id), "GET", void 0, parseOrder);
}
async function give({ id, version }, courier) {
	const was = await callFor(path(id), "GET", void 0, (text) => said(id, text));
	if (was.refusal) return was;
	const answer = await say({
		id,
		fields: {
			...was.value.fields,
			courier
		}
	}, version);
	return answer.refusal ? answer : { value: {
		order: answer.value,
		was: was.value
	} };
}
function say({ id, fields: all }, version) {
	return call(path(id), "PUT", all, parseOrder, { "If-Match": `"${version}"` });
}
function listShares(id) {
	return call(`${path(id)}/shares`, "GET", void 0, (o) => array(o["shares"], "shares").map((item) => share(object(item, "share"))));
}
function makeShare(id) {
	return call(`${path(id)}/shares`, "POST", void 0, (o) => ({
		share: share(o),
		link: new URL(string(o, "link").replace(/^\//, ""), root).href
	}));
}
function revokeShare(id, which) {
	return call(`${path(id)}/shares/${encodeURIComponent(which)}`, "DELETE", void 0, () => null);
}
function path(id) {
	return `orders/${encodeURIComponent(id)}`;
}
function said(id, text) {
	const o = object(faithful(text), "order");
	return {
		id,
		fields: Object.fromEntries(fields.map((name) => [name, o[name]]))
	};
}
function share(o) {
	return {
		id: string(o, "id"),
		made: moment(o, "made"),
		until: moment(o, "until"),
		revoked: moment(o, "revoked")
	};
}
// src/dispatch/pulse.ts
var Pulse = class {
	ask;
	timer;
	state = "idle";
	constructor(ask) {
		this.ask = ask;
		document.addEventListener("visibilitychange", this.beat);
	}
	beat = () => {
		clearTimeout(this.timer);
		if (this.state === "asking") this.state = "again";
		if (this.state !== "idle" || document.hidden) return;
		this.state = "asking";
		this.ask().then(this.rest);
	};
	stop() {
		this.state = "over";
		clearTimeout(this.timer);
		document.removeEventListener("visibilitychange", this.beat);
	}
	rest = (pause) => {
		const { state } = this;
		if (state === "over") return;
		this.state = "idle";
		if (state === "again") this.beat();
		else this.timer = setTimeout(this.beat, pause);
	};
};
// src/dispatch/distance.ts
var radius = 6371e3;
function metres(a, b) {
	const chord = half(b.lat - a.lat) + circle(a.lat) * circle(b.lat) * half(b.lon - a.lon);
	return 2 * radius * Math.asin(Math.min(1, Math.sqrt(chord)));
}
function half(degrees) {
	return Math.sin(degrees * Math.PI / 360) ** 2;
}
function circle(degrees) {
	return Math.cos(degrees * Math.PI / 180);
}
function far(length, language) {
	const unit = units[language];
	if (length < 995) return `${digits(Math.round(length / 10) * 10, language)} ${unit.m}`;
	return `${digits(length / 1e3, language, { maximumFractionDigits: length < 9950 ? 1 : 0 })} ${unit.km}`;
}
var units = {
	en: {
		m: "m",
		km: "km"
	},
	fa: {
		m: "متر",
		km: "کیلومتر"
	}
};
// src/dispatch/worry.ts
var kinds = [
	"late",
	"silent",
	"stopped"
];
var long = 6e5;
var roam = 50;
function worriesOf(order, bringer, now) {
	const found = [];
	if (!isOpen(order)) return found;
	if (order.promised !== void 0 && now > order.promised) found.push({
		kind: "late",
		lasts: now - order.promised
	});
	if (order.state !== "picked_up" || !bringer) return found;
	const { stands } = bringer;
	const position = bringer.courier?.position;
	if (!position) found.push({
		kind: "silent",
		lasts: void 0
	});
	else if (silent(position, now)) found.push({
		kind: "silent",
		lasts: now - position.stamp
	});
	else if (stands !== void 0 && now - stands >= long) found.push({
		kind: "stopped",
		lasts: now - stands
	});
	return found;
}
function byGravity(a, b) {
	const [x, y] = [a.worries[0], b.worries[0]];
	return kinds.indexOf(x.kind) - kinds.indexOf(y.kind) || (y.lasts ?? Infinity) - (x.lasts ?? Infinity) || inTime(a.order, b.order);
}
var Stillness = class {
	anchors = /* @__PURE__ */ new Map();
	follow(couriers) {
		const seen = /* @__PURE__ */ new Set();
		for (const { id, position } of couriers) {
			if (!position) continue;
			seen.add(id);
			const anchor = this.anchors.get(id);
			if (anchor && metres(anchor, position) <= roam) continue;
			this.anchors.set(id, {
				lat: position.lat,
				lon: position.lon,
				since: position.stamp
			});
		}
		for (const id of this.anchors.keys()) if (!seen.has(id)) this.anchors.delete(id);
	}
	since(id) {
		return this.anchors.get(id)?.since;
	}
};
// src/dispatch/board.ts
var tabs = [
	"attention",
	"unassigned",
	"way"
];
var shortest = 4e3;
var each = 20;
var undoable = 8e3;
var typing = 200;
var nothing = { value: [] };
var Board = class {
	tab = y$1("attention");
	query = y$1("");
	cursor = y$1(-1);
	open = y$1([]);
	found = y$1([]);
	state = y$1("loading");
	asOf = y$1(void 0);
	pause = y$1(shortest);
	alone = y$1(void 0);
	deed = y$1(void 0);
	mishap = y$1(void 0);
	lists = O(() => this.sorted());
	sight;
	stillness = new Stillness();
	pulse = new Pulse(() => this.ask());
	ends;
	timer;
	typed;
	right = "";
	constructor(sight) {
		this.sight = sight;
		this.ends = [who.subscribe((is) => this.mind(is)), place.subscribe((at) => at?.id !== void 0 && !this.order(at.id) && this.pulse.beat())];
	}
	close() {
		this.pulse.stop();
		for (const end of this.ends) end();
		clearTimeout(this.timer);
		clearTimeout(this.typed);
		this.forget();
	}
	order(id) {
		const has = (order) => order.id === id;
		return this.open.value.find(has) ?? this.found.value.find(has) ?? (this.alone.value?.id === id ? this.alone.value : void 0);
	}
	courier(id) {
		return this.sight().picture.couriers.get(id);
	}
	worries(order) {
		const { server } = now.value;
		if (server === void 0) return [];
		const { picture } = this.sight();
		const courier = this.courier(order.courier);
		return worriesOf(order, courier !== void 0 || picture.inStep && picture.cells().length === 0 ? {
			courier,
			stands: this.stillness.since(order.courier)
		} : void 0, server);
	}
	search(words) {
		this.query.value = words;
		this.cursor.value = -1;
		clearTimeout(this.typed);
		this.typed = setTimeout(this.pulse.beat, typing);
	}
	refresh() {
		this.pulse.beat();
	}
	async give(order, courier) {
		this.mishap.value = void 0;
		const answer = await give(order, courier.id);
		this.refresh();
		if (answer.refusal) return answer.refusal;
		this.replace(answer.value.order);
		this.deed.value = {
			...answer.value,
			courier: courier.name
		};
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.deed.value = void 0, undoable);
	}
	async undo() {
		const deed = this.deed.peek();
		if (!deed) return;
		this.deed.value = void 0;
		const answer = await say(deed.was, deed.order.version);
		this.mishap.value = answer.refusal;
		if (!answer.refusal) this.replace(answer.value);
		this.refresh();
	}
	async ask() {
		const { right } = this;
		const words = this.query.peek().trim();
		const [open, found] = await Promise.all([openOrders(), words === "" ? nothing : findOrders(words)]);
		if (right !== this.right) return 0;
		const refusal = open.refusal ?? found.refusal;
		if (refusal) {
			if (refusal.kind === "forbidden") this.forget();
			this.state.value = refusal;
			return this.pause.peek();
		}
		this.take(open.value ?? [], found.value ?? []);
		await this.look(right);
		return this.pause.peek();
	}
	take(open, found) {
		const { couriers } = this.sight().picture;
		const carrying = open.filter(({ state }) => state === "picked_up").flatMap(({ courier }) => couriers.get(courier) ?? []);
		this.stillness.follow(carrying);
		this.open.value = open;
		this.found.value = found;
		this.state.value = "ready";
		this.asOf.value = now.peek().server;
		this.pause.value = Math.max(shortest, open.length * each);
	}
	async look(right) {
		const id = place.peek()?.id;
		this.alone.value = this.alone.peek()?.id === id ? this.alone.peek() : void 0;
		if (id === void 0 || this.open.peek().some((order) => order.id === id)) return;
		const answer = await showOrder(id);
		if (right === this.right) this.alone.value = answer.refusal ? void 0 : answer.value;
	}
	replace(order) {
		this.open.value = this.open.peek().map((other) => other.id === order.id ? order : other);
		this.found.value = this.found.peek().map((other) => other.id === order.id ? order : other);
	}
	mind(is) {
		const right = is ? JSON.stringify([
			is.subject,
			is.scopes,
			is.actions
		]) : "";
		if (right !== this.right && this.right !== "") this.forget();
		this.right = right;
		this.pulse.beat();
	}
	forget() {
		this.open.value = [];
		this.found.value = [];
		this.alone.value = void 0;
		this.deed.value = void 0;
		this.state.value = "loading";
		this.stillness.follow([]);
	}
	sorted() {
		const all = this.open.value.map((order) => ({
			order,
			worries: this.worries(order)
		}));
		return {
			attention: all.filter(({ worries }) => worries.length > 0).toSorted(byGravity),
			unassigned: all.filter(({ order }) => order.courier === "").toSorted(promised),
			way: all.filter(({ order }) => order.courier !== "").toSorted(promised),
			found: this.found.value.map((order) => ({
				order,
				worries: this.worries(order)
			})).toSorted((a, b) => Number(isOpen(b.order)) - Number(isOpen(a.order)) || promised(a, b))
		};
	}
};
function promised(a, b) {
	return inTime(a.order, b.order) || byId(a.order, b.order);
}
// src/dispatch/hubs.ts
function parseHubs(answer) {
	return list(answer, "hubs").map((item) => {
		const o = object(item, "hub");
		return {
			lat: number(o, "latitude"),
			lon: number(o, "longitude"),
			name: string(o, "name")
		};
	});
}
async function hubs() {
	return (await call("hubs", "GET", void 0, parseHubs)).value ?? [];
}
var allWords = {
	en: {
		tabs: {
			attention: "Needs attention",
			unassigned: "Unassigned",
			way: "On the way"
		},
		tabsLabel: "Orders to show",
		search: "Search orders",
		searchHint: "Order or customer",
		clearSearch: "Clear the search",
		close: "Back to the couriers",
		list: "List of orders",
		loading: "Loading orders…",
		nothing: {
			attention: "Nothing needs attention.",
			unassigned: "Every order has a courier.",
			way: "No order is on the way."
		},
		noOrders: "There is no open order. The shop sends them with PUT /api/v1/orders/ID.",
		noResult: (query) => `No order matches “${query}”`,
		state: {
			created: "Unassigned",
			assigned: "Assigned",
			picked_up: "Picked up",
			delivered: "Delivered",
			cancelled: "Cancelled",
			failed: "Failed"
		},
		worry: {
			late: (time) => `${time} late`,
			silent: (time) => `silent for ${time}`,
			stopped: (time) => `stopped for ${time}`
		},
		unheard: "courier not heard",
		nobody: "no courier",
		foot: (n, one, every) => `${n} open ${one ? "order" : "orders"} · refreshed every ${every}`,
		outdated: (time) => `Not refreshed since ${time}`,
		noOrder: (id) => `There is no order ${id}, or you may not see it.`,
		back: "Back to the list",
		fact: {
			id: "Order",
			customer: "Customer",
			phone: "Phone",
			courier: "Courier",
			promised: "Promised",
			destination: "To",
			pickup: "From",
			stop: "Stop",
			code: "Delivery code",
			reason: "Reason",
			created: "Created at",
			assigned: "Assigned at",
			picked_up: "Picked up at",
			ended: "Ended at"
		},
		nearest: "Nearest free couriers",
		nearestWhy: "In a straight line from where the order begins. On the map you can choose another one.",
		noPlace: "The order has no coordinates, so nobody is nearest. Choose a courier on the map.",
		noCandidate: "No courier is heard now.",
		another: "Give to another courier",
		give: "Assign",
		load: (n, one) => n === "" ? "free" : `${n} open ${one ? "order" : "orders"}`,
		carries: "on the way",
		chosen: "chosen on the map",
		given: (order, courier) => `${order} → ${courier}`,
		undo: "Undo",
		notUndone: "It was not undone.",
		share: "Link for the customer",
		makeShare: "Make a link",
		shareWhy: "Whoever has it sees this order, and the courier when it is near. It ends an hour after the order.",
		once: "It is shown this once: Peyk keeps no copy of it.",
		qr: "QR code of the link",
		copy: "Copy",
		copied: "Copied",
		made: (time) => `made ${time}`,
		until: (time) => `until ${time}`,
		revoke: "Revoke",
		askRevoke: "Revoke the link?",
		askRevokeWhy: "Whoever has it sees nothing more, at once. This cannot be undone.",
		revoked: (n) => `${n} revoked`,
		round: (n, one) => `${n} open ${one ? "order" : "orders"}`,
		roundLabel: "Round",
		pin: {
			destination: (name) => `Destination of ${name}`,
			pickup: (name) => `Pick-up of ${name}`,
			hub: (name) => `Hub ${name}`
		}
	},
	fa: {
		tabs: {
			attention: "نیازمند توجه",
			unassigned: "بدون پیک",
			way: "در راه"
		},
		tabsLabel: "کدام سفارش‌ها",
		search: "جست‌وجوی سفارش",
		searchHint: "سفارش یا مشتری",
		clearSearch: "پاک کردن جست‌وجو",
		close: "بازگشت به پیک‌ها",
		list: "فهرست سفارش‌ها",
		loading: "در حال دریافت سفارش‌ها…",
		nothing: {
			attention: "چیزی نیازمند توجه نیست.",
			unassigned: "همهٔ سفارش‌ها پیک دارند.",
			way: "سفارشی در راه نیست."
		},
		noOrders: "سفارش بازی نیست. فروشگاه سفارش‌ها را با ⁦PUT /api/v1/orders/ID⁩ می‌فرستد.",
		noResult: (query) => `سفارشی با «${query}» پیدا نشد`,
		state: {
			created: "بدون پیک",
			assigned: "سپرده به پیک",
			picked_up: "نزد پیک",
			delivered: "تحویل شد",
			cancelled: "لغو شد",
			failed: "ناموفق"
		},
		worry: {
			late: (time) => `${time} تأخیر`,
			silent: (time) => `${time} خاموش`,
			stopped: (time) => `${time} ایستاده`
		},
		unheard: "بی‌خبر از پیک",
		nobody: "بدون پیک",
		foot: (n, _one, every) => `${n} سفارش باز · تازه‌سازی هر ${every}`,
		outdated: (time) => `از ${time} تازه نشده است`,
		noOrder: (id) => `سفارشی با شناسهٔ ${id} نیست، یا اجازهٔ دیدن آن را ندارید.`,
		back: "بازگشت به فهرست",
		fact: {
			id: "سفارش",
			customer: "مشتری",
			phone: "تلفن",
			courier: "پیک",
			promised: "موعد",
			destination: "مقصد",
			pickup: "مبدأ",
			stop: "ایستگاه",
			code: "کد تحویل",
			reason: "دلیل",
			created: "ثبت",
			assigned: "سپردن به پیک",
			picked_up: "دریافت پیک",
			ended: "پایان"
		},
		nearest: "نزدیک‌ترین پیک‌های آزاد",
		nearestWhy: "فاصلهٔ هوایی تا مبدأ سفارش. پیک دیگری را می‌توانید روی نقشه انتخاب کنید.",
		noPlace: "سفارش مختصات ندارد و فاصله‌ها معلوم نیست. پیکی را روی نقشه انتخاب کنید.",
		noCandidate: "اکنون از هیچ پیکی خبر نیست.",
		another: "سپردن به پیک دیگر",
		give: "سپردن",
		load: (n) => n === "" ? "آزاد" : `${n} سفارش باز`,
		carries: "در راه",
		chosen: "انتخاب‌شده روی نقشه",
		given: (order, courier) => `${order} به ${courier} سپرده شد`,
		undo: "برگرداندن",
		notUndone: "برگردانده نشد.",
		share: "لینک برای مشتری",
		makeShare: "ساختن لینک",
		shareWhy: "هر که آن را دارد این سفارش را می‌بیند، و پیک را وقتی نزدیک است. یک ساعت پس از پایان سفارش از کار می‌افتد.",
		once: "تنها همین یک بار دیده می‌شود: پیک نسخه‌ای از آن نگه نمی‌دارد.",
		qr: "کد QR لینک",
		copy: "کپی",
		copied: "کپی شد",
		made: (time) => `ساخته‌شده در ${time}`,
		until: (time) => `تا ${time}`,
		revoke: "باطل کردن",
		askRevoke: "لینک باطل شود؟",
		askRevokeWhy: "هر که آن را دارد بی‌درنگ دیگر چیزی نمی‌بیند. این کار بازگشت ندارد.",
		revoked: (n) => `${n} لینک باطل‌شده`,
		round: (n) => `${n} سفارش باز`,
		roundLabel: "سفارش‌های پیک",
		pin: {
			destination: (name) => `مقصد ${name}`,
			pickup: (name) => `مبدأ ${name}`,
			hub: (name) => `مرکز ${name}`
		}
	}
};
// src/dispatch/words.ts
var words = O(() => allWords[language.value]);
// src/dispatch/said.tsx
var today = 432e5;
function clock(at) {
	return Math.abs(at - (now.value.server ?? at)) < today ? hourAndMinute(at, language.value, timezone.value) : date(at, language.value, timezone.value);
}
function worded({ kind, lasts }) {
	return lasts === void 0 ? words.value.unheard : words.value.worry[kind](age(lasts, language.value));
}
function isolated(name) {
	return `\u2068${name}\u2069`;
}
function Stage({ state, quiet = false }) {
	const said = words.value.state[state];
	return quiet ? /* @__PURE__ */ a$1("span", {
		class: `stage ${state}`,
		"aria-hidden": "true"
	}) : /* @__PURE__ */ a$1("span", {
		class: `stage ${state}`,
		role: "img",
		"aria-label": said,
		title: said
	});
}
function Worries({ of }) {
	return /* @__PURE__ */ a$1($$1, { children: of.map((worry) => /* @__PURE__ */ a$1("span", {
		class: `worry is-${worry.kind}`,
		children: worded(worry)
	}, worry.kind)) });
}
// src/dispatch/list.tsx
var rowHeight = 52;
var page = 8;
function Finder({ actions, board }) {
	const t = words.value;
	const searched = board.query.value !== "";
	return /* @__PURE__ */ a$1("div", {
		class: "search",
		children: [
			/* @__PURE__ */ a$1(Icon, { of: "search" }),
			/* @__PURE__ */ a$1("input", {
				id: "search",
				role: "combobox",
				"aria-label": t.search,
				"aria-controls": "orders",
				"aria-expanded": "true",
				"aria-autocomplete": "list",
				"aria-activedescendant": board.cursor.value < 0 ? void 0 : rowId(board.cursor.value),
				placeholder: t.searchHint,
				value: board.query.value,
				autocomplete: "off",
				spellcheck: false,
				enterkeyhint: "search",
				onInput: (event) => searchFor(event.currentTarget.value, board),
				onKeyDown: (event) => step(event, actions, board)
			}),
			searched && /* @__PURE__ */ a$1("button", {
				class: "square",
				"aria-label": t.clearSearch,
				onClick: () => board.search(""),
				children: /* @__PURE__ */ a$1(Icon, { of: "close" })
			}),
			!searched && /* @__PURE__ */ a$1("button", {
				class: "square",
				"aria-label": t.close,
				title: t.close,
				onClick: () => actions.open(void 0),
				children: /* @__PURE__ */ a$1(Icon, { of: "start" })
			})
		]
	});
}
function searchFor(text, board) {
	board.search(text);
	if (text !== "" && sheet.peek() === 0) sheet.value = 1;
}
function Orders$1({ actions, board }) {
	const rows = shown(board);
	return /* @__PURE__ */ a$1($$1, { children: [board.query.value.trim() === "" && /* @__PURE__ */ a$1(Tabs, { board }), /* @__PURE__ */ a$1("div", {
		class: "list",
		children: [/* @__PURE__ */ a$1(Rows, {
			id: "orders",
			label: words.value.list,
			height: rowHeight,
			count: rows.length,
			at: Math.min(board.cursor.value, rows.length - 1),
			reveal: board.cursor.value < 0 ? void 0 : String(board.cursor.value),
			press: (event) => step(event, actions, board),
			draw: (index, props) => /* @__PURE__ */ a$1(Row, {
				of: rows[index],
				props,
				at: index === board.cursor.value,
				board,
				press: () => open(rows[index], actions)
			}, rows[index].order.id)
		}), rows.length === 0 && /* @__PURE__ */ a$1(Nothing, { board })]
	})] });
}
function shown(board) {
	return board.lists.value[board.query.value.trim() === "" ? board.tab.value : "found"];
}
function Tabs({ board }) {
	const t = words.value;
	const choose = (tab) => {
		board.tab.value = tab;
		board.cursor.value = -1;
		if (sheet.peek() === 0) sheet.value = 1;
	};
	return /* @__PURE__ */ a$1("div", {
		class: "chips",
		role: "group",
		"aria-label": t.tabsLabel,
		children: tabs.map((tab) => /* @__PURE__ */ a$1("button", {
			class: `chip of-${tab}`,
			"aria-pressed": board.tab.value === tab,
			onClick: () => choose(tab),
			children: [
				t.tabs[tab],
				" ",
				/* @__PURE__ */ a$1("b", { children: digits(board.lists.value[tab].length, language.value) })
			]
		}, tab))
	});
}
function Row({ of: { order, worries }, props, at, board, press }) {
	const t = words.value;
	const { id, customer, courier, destination, promised, state } = order;
	const bringer = courier === "" ? t.nobody : board.courier(courier)?.name ?? courier;
	const late = worries.find(({ kind }) => kind === "late");
	const other = worries.find(({ kind }) => kind !== "late");
	return /* @__PURE__ */ a$1("div", {
		...props,
		class: at ? "row-item order at" : "row-item order",
		"aria-selected": at,
		onClick: press,
		children: [
			/* @__PURE__ */ a$1(Stage, { state }),
			/* @__PURE__ */ a$1("span", {
				class: "who",
				children: /* @__PURE__ */ a$1("bdi", { children: called(order) })
			}),
			/* @__PURE__ */ a$1("span", {
				class: late ? "worry is-late" : "old",
				children: late ? worded(late) : promised !== void 0 && isOpen(order) ? clock(promised) : t.state[state]
			}),
			/* @__PURE__ */ a$1("span", {
				class: "what",
				children: [customer !== "" && /* @__PURE__ */ a$1($$1, { children: [/* @__PURE__ */ a$1("bdi", { children: id }), " · "] }), /* @__PURE__ */ a$1("bdi", { children: courier === "" && destination?.address ? destination.address : bringer })]
			}),
			/* @__PURE__ */ a$1("span", {
				class: other ? `worry is-${other.kind}` : "old",
				children: other && worded(other)
			})
		]
	});
}
function Nothing({ board }) {
	const t = words.value;
	const state = board.state.value;
	if (typeof state === "object" && board.asOf.value === void 0) return /* @__PURE__ */ a$1("div", {
		class: "nobody",
		children: /* @__PURE__ */ a$1(Refused, {
			refusal: state,
			again: () => board.refresh()
		})
	});
	if (state === "loading" || !loaded.value) return /* @__PURE__ */ a$1("p", {
		class: "nobody late muted",
		children: t.loading
	});
	const searched = board.query.value.trim();
	const none = board.open.value.length === 0 ? t.noOrders : t.nothing[board.tab.value];
	return /* @__PURE__ */ a$1("div", {
		class: "nobody",
		role: "status",
		children: [/* @__PURE__ */ a$1("p", { children: searched === "" ? none : t.noResult(isolated(searched)) }), searched !== "" && /* @__PURE__ */ a$1("button", {
			class: "quiet",
			onClick: () => board.search(""),
			children: t.clearSearch
		})]
	});
}
function step(event, actions, board) {
	const rows = shown(board);
	const at = board.cursor.peek();
	const to = {
		ArrowDown: at + 1,
		ArrowUp: at - 1,
		PageDown: at + page,
		PageUp: at - page
	}[event.key];
	if (to !== void 0) {
		event.preventDefault();
		event.stopPropagation();
		board.cursor.value = Math.max(Math.min(0, rows.length - 1), Math.min(rows.length - 1, to));
	} else if (event.key === "Enter") {
		event.preventDefault();
		const row = rows[Math.max(0, at)];
		if (row) open(row, actions);
	}
}
function open({ order }, actions) {
	if (sheet.peek() === 0) sheet.value = 1;
	actions.open({
		view: "orders",
		id: order.id
	});
}
// src/dispatch/pins.ts
function usePins(actions, wanted, press) {
	ground.value;
	const { map } = actions.sight();
	const layer = T(void 0);
	F$1(() => {
		if (!map) return;
		const pins = new Pins(map.map, (id) => pressed.current(id));
		layer.current = pins;
		return () => pins.remove();
	}, [map]);
	const pressed = T(press);
	pressed.current = press;
	A$1(() => layer.current?.show(wanted));
}
var Pins = class {
	map;
	root = document.createElement("div");
	shown = [];
	constructor(map, press) {
		this.map = map;
		this.root.className = "pins";
		this.root.addEventListener("click", ({ target }) => {
			const pressed = this.shown.find(({ element }) => element === target);
			if (pressed) press(pressed.pin.id);
		});
		map.getCanvasContainer().append(this.root);
		map.on("move", this.place);
		map.on("resize", this.place);
	}
	show(pins) {
		const old = this.shown.map(({ element }) => element);
		this.shown = pins.map((pin, i) => ({
			pin,
			element: dressed(old[i] ?? this.root.appendChild(document.createElement("div")), pin)
		}));
		for (const element of old.slice(pins.length)) element.remove();
		this.place();
	}
	remove() {
		this.map.off("move", this.place);
		this.map.off("resize", this.place);
		this.root.remove();
		this.shown = [];
	}
	place = () => {
		for (const { pin, element } of this.shown) {
			const { x, y } = this.map.project([pin.lon, pin.lat]);
			element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
		}
	};
};
function dressed(element, { kind, label, text, selected }) {
	element.className = selected ? `pin ${kind} selected` : `pin ${kind}`;
	element.setAttribute("role", "img");
	element.setAttribute("aria-label", label);
	element.title = label;
	if (element.textContent !== text) element.textContent = text;
	return element;
}
// src/dispatch/nearest.ts
function beginning({ pickup, destination }) {
	return pickup?.spot ?? destination?.spot;
}
function nearest(order, couriers, open, now, most = 5) {
	const from = beginning(order);
	if (!from) return [];
	const found = [];
	const load = loads(open);
	for (const courier of couriers) {
		const { id, position } = courier;
		if (!position || silent(position, now) || id === order.courier) continue;
		found.push({
			courier,
			metres: metres(from, position),
			...load.get(id) ?? {
				open: 0,
				carries: false
			}
		});
	}
	return found.toSorted((a, b) => Number(a.carries) - Number(b.carries) || a.metres - b.metres).slice(0, most);
}
function candidate(order, courier, open) {
	const from = beginning(order);
	const load = loads(open).get(courier.id) ?? {
		open: 0,
		carries: false
	};
	return {
		courier,
		metres: from && courier.position && metres(from, courier.position),
		...load
	};
}
function loads(open) {
	const found = /* @__PURE__ */ new Map();
	for (const { courier, state } of open) {
		if (courier === "") continue;
		const load = found.get(courier) ?? {
			open: 0,
			carries: false
		};
		found.set(courier, {
			open: load.open + 1,
			carries: load.carries || state === "picked_up"
		});
	}
	return found;
}
// src/dispatch/candidates.tsx
function Candidates(props) {
	const t = words.value;
	if (props.order.courier === "") return /* @__PURE__ */ a$1("section", {
		class: "part",
		"aria-label": t.nearest,
		children: [/* @__PURE__ */ a$1("h3", { children: t.nearest }), /* @__PURE__ */ a$1(List, { ...props })]
	});
	if (!mayManage.value) return null;
	return /* @__PURE__ */ a$1("details", {
		class: "part",
		children: [/* @__PURE__ */ a$1("summary", { children: t.another }), /* @__PURE__ */ a$1(List, { ...props })]
	});
}
function List({ order, actions, board, done }) {
	const t = words.value;
	const box = T(null);
	const near = useSignal([]);
	const refusal = useSignal(void 0);
	const busy = useSignal(false);
	A$1(() => {
		if (near.peek().length > 0 && box.current?.matches(":hover, :focus-within")) return;
		near.value = nearest(order, actions.sight().picture.couriers.values(), board.open.peek(), now.peek().server ?? 0);
	}, [board.asOf.value, order]);
	const give = async ({ courier }) => {
		if (busy.peek()) return;
		busy.value = true;
		refusal.value = await board.give(order, courier);
		busy.value = false;
		if (!refusal.peek()) done();
	};
	const chosen = chosenOnMap(order, board, near.value);
	const all = [...chosen ? [chosen] : [], ...near.value];
	return /* @__PURE__ */ a$1($$1, { children: [
		/* @__PURE__ */ a$1("p", {
			class: "muted",
			children: beginning(order) ? t.nearestWhy : t.noPlace
		}),
		beginning(order) && all.length === 0 && /* @__PURE__ */ a$1("p", { children: t.noCandidate }),
		/* @__PURE__ */ a$1(Refused, { refusal: refusal.value }),
		/* @__PURE__ */ a$1("ul", {
			ref: box,
			class: "candidates",
			children: all.map((each) => /* @__PURE__ */ a$1("li", { children: /* @__PURE__ */ a$1(One, {
				is: each,
				chosen: each === chosen,
				busy: busy.value,
				press: () => void give(each)
			}) }, each.courier.id))
		})
	] });
}
function chosenOnMap(order, board, near) {
	const id = selectedId.value;
	if (id === void 0 || id === order.courier || near.some(({ courier }) => courier.id === id)) return void 0;
	const courier = board.courier(id);
	return courier && candidate(order, courier, board.open.value);
}
function One({ is, chosen, busy, press }) {
	const t = words.value;
	const count = is.open === 0 ? "" : digits(is.open, language.value);
	const line = [
		is.metres !== void 0 && far(is.metres, language.value),
		t.load(count, is.open === 1),
		is.carries && t.carries,
		chosen && t.chosen
	].filter((fact) => fact !== false).join(" · ");
	const content = /* @__PURE__ */ a$1($$1, { children: [
		/* @__PURE__ */ a$1("span", {
			class: "who",
			children: /* @__PURE__ */ a$1("bdi", { children: is.courier.name })
		}),
		" ",
		/* @__PURE__ */ a$1("span", {
			class: "what",
			children: line
		})
	] });
	if (!mayManage.value) return /* @__PURE__ */ a$1("div", {
		class: "candidate",
		children: content
	});
	return /* @__PURE__ */ a$1("button", {
		class: "candidate",
		disabled: busy,
		onClick: press,
		children: [
			content,
			" ",
			/* @__PURE__ */ a$1("span", {
				class: "act",
				children: t.give
			})
		]
	});
}
// node_modules/lean-qr/index.mjs
var t = [
	.2,
	3 / 8,
	5 / 9,
	2 / 3
];
var o$1 = (o, e) => (r) => {
	const n = 4 * o + r - 4, s = "*-04-39?2$%%$%%'$%''%'''%')(%'))%(++'(++'(+.'+-.',/3',33)-/5)-43).36)058*18<+37<+4:<,4:E,5<A-7>C/8@F/:EH/<EK0=FM1?IP2@KS3BNV4DPY5FS\\6HV_6IXb7K[e8N^i9Pam;Rdp<Tgt".charCodeAt(n) - 35, f = n > 8 ? s : 1, c = e / f | 0, i = e % f, l = f - i, a = n > 8 ? c * t[r] + (o > 5) & -2 : s, _ = c - a;
	return {
		t: l * _ + i * _ + i,
		o: [[l, _], [i, _ + 1]],
		i: a
	};
};
var r = (t) => new Uint8Array(t);
var n = (t) => {
	const o = /* @__PURE__ */ new Error(`lean-qr error ${t}`);
	throw o.code = t, o;
};
var s = (t) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".indexOf(t);
var f = (t) => t.charCodeAt(0);
var c = (...t) => (o, e) => t.forEach((t) => t(o, e));
var i = (t) => (o) => {
	o.eci !== t && (o.push(7, 4), t < 128 ? o.push(t, 8) : t < 16384 ? o.push(32768 | t, 16) : o.push(12582912 | t, 24), o.eci = t);
};
var l = (t) => (o, e) => {
	o.push(4, 4), o.push(t.length, 8 + 8 * (e > 9)), t.forEach((t) => o.push(t, 8));
};
var a = (t, o, e, r, n = (t, o) => e(t.length, o), s = r ? (o) => c(i(r), t(o)) : t) => (s.test = o, s.l = e, s.est = n, s.eci = r && [r], s);
var _ = a((t) => (o, e) => {
	o.push(1, 4), o.push(t.length, 10 + 2 * (e > 26) + 2 * (e > 9));
	let r = 0;
	for (; r < t.length - 2; r += 3) o.push(+t.slice(r, r + 3), 10);
	r < t.length - 1 ? o.push(+t.slice(r), 7) : r < t.length && o.push(+t[r], 4);
}, (t) => /[0-9]/.test(t), (t, o) => 14 + 2 * (o > 26) + 2 * (o > 9) + 10 * t / 3);
var u = a((t) => (o, e) => {
	o.push(2, 4), o.push(t.length, 9 + 2 * (e > 26) + 2 * (e > 9));
	let r = 0;
	for (; r < t.length - 1; r += 2) o.push(45 * s(t[r]) + s(t[r + 1]), 11);
	r < t.length && o.push(s(t[r]), 6);
}, (t) => s(t) >= 0, (t, o) => 13 + 2 * (o > 26) + 2 * (o > 9) + 5.5 * t);
var d = a((t) => l([...t].map(f)), (t) => f(t) < 128, (t, o) => 12 + 8 * (o > 9) + 8 * t);
d._ = !0, d.u = !0;
var p = a(d, (t) => f(t) < 256, d.l, 3);
p._ = !0;
var m = new TextEncoder();
var h = a((t) => l(m.encode(t)), () => 1, 0, 26, (t, o) => 12 + 8 * (o > 9) + 8 * m.encode(t).length);
h._ = !0;
var w = () => {
	const t = /* @__PURE__ */ new Map(), o = new TextDecoder("sjis"), e = r(2);
	for (let r = 0; r < 7973; ++r) e[0] = r / 192 + 129 + 64 * (r > 5951), e[1] = r % 192 + 64, t.set(o.decode(e), r);
	return t.delete("�"), w = () => t, t;
};
var y = a((t) => (o, e) => {
	o.push(8, 4), o.push(t.length, 8 + 2 * (e > 26) + 2 * (e > 9));
	for (const e of t) o.push(w().get(e), 13);
}, (t) => w().has(t), (t, o) => 12 + 2 * (o > 26) + 2 * (o > 9) + 13 * t);
y._ = !0;
var g = [
	_,
	u,
	d,
	p,
	y,
	h
];
var b = {
	auto: (t, { modes: o = g } = {}) => (e, r) => {
		const s = o.map((o, e) => {
			const n = /* @__PURE__ */ new Map(), s = (t, o) => (n.has(t) || n.set(t, o(t, r)), n.get(t));
			return {
				m: o,
				h: 1 << e,
				C: o.est("", r),
				S: o.l ? (t, e) => s(e - t, o.l) : (e, r) => s(t.slice(e, r), o.est)
			};
		});
		let f = [{ v: 0 }], c = 0, i = 0, l = -1;
		for (const o of [...t, ""]) {
			let t = 0;
			if (o) for (const e of s) e.m.test(o) && (t |= e.h);
			if (!o || t !== l) {
				if (-1 !== l) {
					const t = new Set(f.map((t) => t.D)), o = [];
					for (const { m: e, C: r, S: n, h: a } of s) if (l & a) {
						const s = n(c, i);
						for (const l of e.eci ?? t) if (!e.u || !l) {
							let t;
							for (const o of f) if (o.D === l || e.eci) {
								const f = o.m === e && o.D === l, a = f ? o.V : o, _ = e._ && f ? o.v + s - r : a.v + 12 * (a.D !== l) + (f ? n(f ? o.$ : c, i) : s);
								(!t || _ < t.v) && (t = {
									$: f ? o.$ : c,
									V: a,
									m: e,
									D: l,
									A: i,
									v: _
								});
							}
							t && o.push(t);
						}
					}
					f = o;
				}
				l = t, c = i;
			}
			i += o.length;
		}
		f.length || n(5);
		const a = [];
		for (let o = f.reduce((t, o) => o.v < t.v ? o : t); o.m; o = o.V) a.push(o.m(t.slice(o.$, o.A)));
		a.reverse().forEach((t) => t(e, r));
	},
	multi: c,
	eci: i,
	bytes: l,
	numeric: _,
	alphaNumeric: u,
	ascii: d,
	iso8859_1: p,
	shift_jis: y,
	utf8: h
};
var C = () => ({
	F: r(2956),
	I: 0,
	push(t, o) {
		for (let e = o, r = 8 - (7 & this.I); e > 0; e -= r, r = 8) this.F[this.I >> 3] |= t << r >> e, this.I += e < r ? e : r;
	}
});
var x = (t, o = t * t, e = r(o)) => ({
	size: t,
	K: e,
	get: (o, r) => o >= 0 && o < t && !!(1 & e[r * t + o]),
	toString({ on: o = "##", off: e = "  ", lf: r = "\n", pad: n = 4, padX: s = n, padY: f = n } = {}) {
		let c = "";
		for (let n = -f; n < t + f; ++n) {
			for (let r = -s; r < t + s; ++r) c += this.get(r, n) ? o : e;
			c += r;
		}
		return c;
	},
	toImageData(o, { on: e = [
		0,
		0,
		0
	], off: r = [
		0,
		0,
		0,
		0
	], pad: n = 4, padX: s = n, padY: f = n } = {}) {
		const c = t + 2 * s, i = t + 2 * f, l = o.createImageData(c, i), a = new Uint32Array(l.data.buffer);
		l.data.set([...e, 255]);
		const _ = a[0];
		l.data.set([...r, 255]);
		const u = a[0];
		for (let t = 0; t < i; ++t) for (let o = 0; o < c; ++o) a[t * c + o] = this.get(o - s, t - f) ? _ : u;
		return l;
	},
	toCanvas(t, o) {
		const e = t.getContext("2d"), r = this.toImageData(e, o);
		t.width = r.width, t.height = r.height, e.putImageData(r, 0, 0);
	},
	toDataURL({ type: t = "image/png", scale: o = 1, ...e } = {}) {
		const r = document.createElement("canvas"), n = r.getContext("2d"), s = this.toImageData(n, e);
		return r.width = s.width * o, r.height = s.height * o, n.putImageData(s, 0, 0), n.imageSmoothingEnabled = !1, n.globalCompositeOperation = "copy", n.drawImage(r, 0, 0, s.width, s.height, 0, 0, r.width, r.height), r.toDataURL(t, 1);
	}
});
var z = [
	(t, o) => 1 & (t ^ o),
	(t, o) => 1 & o,
	(t) => t % 3,
	(t, o) => (t + o) % 3,
	(t, o) => 1 & (t / 3 ^ o >> 1),
	(t, o) => (t & o & 1) + t * o % 3,
	(t, o) => (t & o) + t * o % 3 & 1,
	(t, o) => (t ^ o) + t * o % 3 & 1
];
var E = r(511);
for (let t = 0, o = 1; t < 255; o = 2 * o ^ 285 * (o > 127)) E[E[o + 255] = t++] = o;
var M = (t) => E[t % 255];
var S = (t) => E[t + 255];
var v = (t, o) => {
	const e = r(t.length + o.length - 1);
	for (let r = 0; r < t.length; ++r) for (let n = 0; n < o.length; ++n) e[r + n] ^= M(t[r] + o[n]);
	return e.map(S);
};
var D = (t, o) => {
	const e = r(t.length + o.length - 1);
	e.set(t, 0);
	for (let r = 0; r < t.length; ++r) if (e[r]) {
		const t = S(e[r]);
		for (let n = 0; n < o.length; ++n) e[r + n] ^= M(o[n] + t);
	}
	return e.slice(t.length);
};
var L = [[0], [0, 0]];
for (let t = 1; t < 30; ++t) L.push(v(L[t], [0, t]));
var V = (t, o) => {
	const e = [[], []];
	let n = 0, s = 0;
	for (const [r, f] of o.o) for (let c = 0; c < r; ++c, n += f) {
		const r = t.slice(n, n + f);
		e[0].push(r), e[1].push(D(r, L[o.i])), s += f + o.i;
	}
	const f = r(s);
	s = 0;
	for (const t of e) for (let o = 0, e = -1; e < s; ++o) {
		e = s;
		for (const e of t) o < e.length && (f[s++] = e[o]);
	}
	return f;
};
var $ = (t, o, e) => {
	let r = t <<= e;
	for (let t = 134217728; t >>= 1;) r & t && (r ^= o * (t >> e));
	return r | t;
};
var A = ({ size: t, K: o }, e) => {
	const r = (e, r, n, s) => {
		for (; n-- > 0; e += t) o.fill(s, e, e + r);
	}, n = (o, e, n) => {
		for (let s = 0; s++ < 3; n -= 2) r(e * t + o - (n >> 1) * (t + 1), n, n, 2 | s);
	}, s = 2 * ((t - 13) / (1 + (e / 7 | 0)) / 2 + .75 | 0);
	if (e > 1) for (let o = t - 7; o > 8; o -= s) {
		for (let t = o; t > 8; t -= s) n(o, t, 5);
		o < t - 7 && n(o, 6, 5);
	}
	if (e > 6) for (let r = $(e, 7973, 12), n = 1; n < 7; ++n) for (let e = 12; e-- > 9; r >>= 1) o[n * t - e] = 2 | 1 & r;
	r(7, 2, 9, 2), r(t - 8, 8, 9, 2);
	for (let e = 0; e < t; ++e) o[6 * t + e] = 3 ^ 1 & e;
	n(3, 3, 7), n(t - 4, 3, 7);
	for (let e = 0; e < t; ++e) for (let r = e; r < t; ++r) o[r * t + e] = o[e * t + r];
	o[(t - 8) * t + 8] = 3;
};
var F = ({ size: t, K: o }) => {
	const e = [];
	for (let r = t - 2, n = t, s = -1; r >= 0; r -= 2) {
		for (5 === r && (r = 4); n += s, -1 !== n && n !== t;) {
			const s = n * t + r;
			o[s + 1] || e.push(s + 1), o[s] || e.push(s);
		}
		s *= -1;
	}
	return e;
};
var H = ({ K: t }, o, e) => o.forEach((o, r) => t[o] = e[r >> 3] >> (7 & ~r) & 1);
var I = ({ size: t, K: o }, e, r, n) => {
	for (let r = 0; r < t; ++r) for (let n = 0; n < t; ++n) {
		const s = r * t + n;
		o[s] ^= !(e(n, r) || 2 & o[s]);
	}
	let s = 21522 ^ $((1 ^ n) << 3 | r, 1335, 10);
	for (let e = 0; e++ < 8; s >>= 1) o[(e - (e < 7)) * t + 8] = 1 & s, o[9 * t - e] = 1 & s;
	for (let e = 8; --e, s; s >>= 1) o[8 * t + e - (e < 7)] = 1 & s, o[(t - e) * t + 8] = 1 & s;
};
var K = ({ size: t, K: o }, e = 0, r = 0) => {
	for (let n = 0; n < t; ++n) {
		for (let s = 0; s < 2; ++s) for (let f, c = 0, i = 0, l = 2; c < t; ++c) {
			const a = 1 & o[s ? n * t + c : c * t + n];
			r += a, i = (i >> 1 | 2098176) & (3047517 ^ a - 1), 2049 & i && (e += 40), a ^ l && (f = 0), l = a, e += 5 === ++f ? 3 : f > 5;
		}
		if (n) for (let r = t + n, s = 5 * o[n - 1] ^ o[n]; r < t * t; r += t) {
			const t = 5 * o[r - 1] ^ o[r];
			e += 3 * !(1 & (s | t) | 4 & (s ^ t)), s = t;
		}
	}
	return e + 10 * (10 * Math.abs(r / (t * t) - 1) | 0);
};
var N = [];
var P = (t = n(1), { minCorrectionLevel: e = 0, maxCorrectionLevel: r = 3, minVersion: s = 1, maxVersion: f = 40, mask: c, trailer: i = 60433, ...l } = {}) => {
	r < e && n(3), f < s && n(2), "string" == typeof t && (t = b.auto(t, l));
	for (let n = s, l = 0; n <= f; ++n) {
		let s = N[n];
		s || (N[n] = s = x(4 * n + 17), A(s, n), s.p = F(s));
		const f = o$1(n, s.p.length >> 3);
		if (8 * f(e).t < l) continue;
		const a = C();
		t(a, n), l = a.I;
		for (let t = r; t >= e; --t) {
			const o = f(t);
			if (8 * o.t < l) continue;
			for (a.I = l + 11 & -8; a.I < 8 * o.t;) a.push(i, 16);
			const e = x(s.size, s.K);
			return H(e, s.p, V(a.F, o)), (z[c] ? [z[c]] : z).map((o, r) => {
				const n = x(e.size, e.K);
				return I(n, o, c ?? r, t), n.s = z[c] ? 0 : K(n), n;
			}).reduce((t, o) => o.s < t.s ? o : t);
		}
	}
	n(4);
};
P.with = (...t) => (o, e) => P(o, {
	modes: [...g, ...t],
	...e
});
// node_modules/lean-qr/extras/svg.mjs
var o = (t) => {
	const e = [];
	let i = "";
	for (let o = 0; o <= t.size; ++o) for (let n = 0; n <= t.size; ++n) {
		const s = t.get(n, o), l = n << 8 | o;
		let r = t.get(n - 1, o) ^ s && l + 1, a = t.get(n, o - 1) ^ s && l + 256;
		if (r || a) {
			s || ([r, a] = [a, r]);
			const t = e[r || l] ||= [], o = e[a || l];
			r && t.push(l), a && t.push(a), t === o ? i += `M${t.map((t) => `${t >> 8} ${255 & t}`).join("L")}Z` : (o && t.push(...o), e[t[t.length - 1]] = t);
		}
	}
	return i;
};
// src/dispatch/qr.tsx
function Qr({ text, label }) {
	const code = P(text);
	const size = code.size + 8;
	return /* @__PURE__ */ a$1("svg", {
		class: "qr",
		role: "img",
		"aria-label": label,
		viewBox: `-4 -4 ${size} ${size}`,
		"shape-rendering": "crispEdges",
		children: [/* @__PURE__ */ a$1("rect", {
			x: -4,
			y: -4,
			width: size,
			height: size,
			fill: "#fff"
		}), /* @__PURE__ */ a$1("path", {
			d: o(code),
			fill: "#000"
		})]
	});
}
// src/dispatch/shares.tsx
function Shares({ order }) {
	const t = words.value;
	const link = useSignal(void 0);
	const shares = useSignal([]);
	const refusal = useSignal(void 0);
	const load = async () => {
		const answer = await listShares(order.id);
		refusal.value = answer.refusal;
		shares.value = answer.value ?? shares.peek();
	};
	A$1(() => void load(), []);
	const make = async () => {
		const answer = await makeShare(order.id);
		refusal.value = answer.refusal;
		if (answer.refusal) return;
		link.value = {
			id: answer.value.share.id,
			link: answer.value.link
		};
		await load();
	};
	const revoke = async (id) => {
		const answer = await revokeShare(order.id, id);
		refusal.value = answer.refusal;
		if (link.peek()?.id === id && !answer.refusal) link.value = void 0;
		if (!answer.refusal) await load();
	};
	const gone = shares.value.filter(({ revoked }) => revoked !== void 0).length;
	return /* @__PURE__ */ a$1("section", {
		class: "part",
		"aria-label": t.share,
		children: [
			/* @__PURE__ */ a$1("h3", { children: t.share }),
			link.value ? /* @__PURE__ */ a$1(Link, { link: link.value.link }) : /* @__PURE__ */ a$1(Make, { press: () => void make() }),
			/* @__PURE__ */ a$1(Refused, { refusal: refusal.value }),
			/* @__PURE__ */ a$1("ul", {
				class: "shares",
				children: shares.value.filter(({ revoked }) => revoked === void 0).map((share) => /* @__PURE__ */ a$1(Made, {
					share,
					revoke: () => void revoke(share.id)
				}, share.id))
			}),
			gone > 0 && /* @__PURE__ */ a$1("p", {
				class: "muted",
				children: t.revoked(digits(gone, language.value))
			})
		]
	});
}
function Make({ press }) {
	return /* @__PURE__ */ a$1($$1, { children: [/* @__PURE__ */ a$1("p", {
		class: "muted",
		children: words.value.shareWhy
	}), /* @__PURE__ */ a$1("button", {
		class: "soft",
		onClick: press,
		children: words.value.makeShare
	})] });
}
function Link({ link }) {
	const t = words.value;
	const copied = useSignal(false);
	const code = T(null);
	const button = T(null);
	A$1(() => button.current?.focus(), []);
	return /* @__PURE__ */ a$1("div", {
		class: "link",
		children: [
			/* @__PURE__ */ a$1(Qr, {
				text: link,
				label: t.qr
			}),
			/* @__PURE__ */ a$1("code", {
				ref: code,
				dir: "ltr",
				children: link
			}),
			/* @__PURE__ */ a$1("p", {
				class: "row",
				children: [/* @__PURE__ */ a$1("button", {
					ref: button,
					class: "primary",
					onClick: () => void copy(link, code.current).then((done) => copied.value = done),
					children: copied.value ? t.copied : t.copy
				}), /* @__PURE__ */ a$1("span", {
					class: "muted",
					children: t.once
				})]
			})
		]
	});
}
function Made({ share, revoke }) {
	const t = words.value;
	const asking = useSignal(false);
	const dates = [share.made !== void 0 && t.made(clock(share.made)), share.until !== void 0 && t.until(clock(share.until))].filter(Boolean).join(" · ");
	const yes = () => {
		asking.value = false;
		revoke();
	};
	return /* @__PURE__ */ a$1("li", { children: [
		/* @__PURE__ */ a$1("span", {
			class: "muted",
			children: dates
		}),
		/* @__PURE__ */ a$1("button", {
			class: "quiet grave",
			"aria-label": `${t.revoke}: ${dates}`,
			onClick: () => asking.value = true,
			children: t.revoke
		}),
		asking.value && /* @__PURE__ */ a$1(Sure, {
			ask: t.askRevoke,
			why: t.askRevokeWhy,
			act: t.revoke,
			yes,
			no: () => asking.value = false
		})
	] });
}
// src/dispatch/ticket.tsx
function Ticket({ id, actions, board }) {
	const t = words.value;
	const order = board.order(id);
	const back = () => actions.open({
		view: "orders",
		id: void 0
	});
	usePins(actions, order ? pinsOf(order) : [], () => {});
	return /* @__PURE__ */ a$1($$1, { children: [/* @__PURE__ */ a$1(Title, {
		back,
		children: /* @__PURE__ */ a$1("bdi", { children: order ? called(order) : id })
	}), /* @__PURE__ */ a$1("div", {
		class: "ticket",
		children: [
			order && /* @__PURE__ */ a$1(Known, {
				order,
				actions,
				board,
				back
			}),
			!order && board.state.value === "ready" && /* @__PURE__ */ a$1("p", {
				class: "late",
				children: t.noOrder(isolated(id))
			}),
			!order && board.state.value !== "ready" && /* @__PURE__ */ a$1("p", {
				class: "late muted",
				children: t.loading
			})
		]
	})] });
}
function Known({ order, actions, board, back }) {
	const { map, picture } = actions.sight();
	const waits = isOpen(order) && order.courier === "";
	ground.value;
	A$1(() => {
		bringer.value = order.courier || void 0;
		return () => bringer.value = void 0;
	}, [order.courier]);
	A$1(() => {
		const near = order.courier === "" ? nearest(order, picture.couriers.values(), board.open.peek(), now.peek().server ?? 0, 1) : [];
		const spots = [
			order.destination?.spot,
			order.pickup?.spot,
			picture.couriers.get(order.courier)?.position,
			near[0]?.courier.position
		];
		map?.camera.fit(spots.flatMap((spot) => spot ? [spot] : []));
	}, [map]);
	return /* @__PURE__ */ a$1($$1, { children: [
		/* @__PURE__ */ a$1(Standing, {
			order,
			board
		}),
		!waits && /* @__PURE__ */ a$1(Facts, {
			order,
			actions,
			board
		}),
		isOpen(order) && /* @__PURE__ */ a$1(Candidates, {
			order,
			actions,
			board,
			done: back
		}),
		waits && /* @__PURE__ */ a$1(Facts, {
			order,
			actions,
			board
		}),
		isOpen(order) && mayManage.value && /* @__PURE__ */ a$1(Shares, { order })
	] });
}
function Standing({ order, board }) {
	const { state, times } = order;
	const at = times[state];
	return /* @__PURE__ */ a$1("p", {
		class: "standing",
		children: [
			/* @__PURE__ */ a$1(Stage, {
				state,
				quiet: true
			}),
			/* @__PURE__ */ a$1("span", { children: words.value.state[state] }),
			at !== void 0 && /* @__PURE__ */ a$1("time", {
				class: "muted",
				dateTime: new Date(at).toISOString(),
				children: clock(at)
			}),
			/* @__PURE__ */ a$1(Worries, { of: board.worries(order) })
		]
	});
}
function Facts({ order, actions, board }) {
	const t = words.value.fact;
	const { id, customer, phone, courier, promised, stop, code, reason, times } = order;
	const ended = times.delivered ?? times.cancelled ?? times.failed;
	const brings = courier && /* @__PURE__ */ a$1("button", {
		class: "quiet",
		onClick: () => show(courier, actions),
		children: /* @__PURE__ */ a$1("bdi", { children: board.courier(courier)?.name ?? courier })
	});
	const call = phone && /* @__PURE__ */ a$1("a", {
		href: tel(phone),
		dir: "ltr",
		children: phone
	});
	const known = [
		[t.id, id],
		[t.customer, customer],
		[t.phone, call],
		[t.courier, brings],
		[t.promised, when(promised)],
		[t.destination, address(order.destination)],
		[t.pickup, address(order.pickup)],
		[t.stop, stop > 0 ? digits(stop, language.value) : ""],
		[t.code, code],
		[t.reason, reason],
		[t.created, when(times.created)],
		[t.assigned, when(times.assigned)],
		[t.picked_up, when(times.picked_up)],
		[t.ended, when(ended)]
	];
	return /* @__PURE__ */ a$1("dl", {
		class: "facts",
		children: known.map(([name, value]) => value !== "" && /* @__PURE__ */ a$1("div", { children: [/* @__PURE__ */ a$1("dt", { children: name }), /* @__PURE__ */ a$1("dd", { children: typeof value === "string" ? /* @__PURE__ */ a$1("bdi", { children: value }) : value })] }, name))
	});
}
function when(moment) {
	return moment === void 0 ? "" : clock(moment);
}
function show(courier, actions) {
	actions.open({
		view: "orders",
		id: void 0
	});
	actions.select(courier);
}
function address(place) {
	return place?.address ?? "";
}
function pinsOf(order) {
	const t = words.value.pin;
	const [from, to] = [order.pickup?.spot, order.destination?.spot];
	const { id } = order;
	return [...from ? [{
		kind: "pickup",
		id,
		...from,
		label: t.pickup(isolated(called(order))),
		text: "",
		selected: true
	}] : [], ...to ? [{
		kind: "destination",
		id,
		...to,
		label: t.destination(isolated(called(order))),
		text: "",
		selected: true
	}] : []];
}
// src/dispatch/round.tsx
var pause = 5e3;
function Round({ id, actions }) {
	const t = words.value;
	const round = useOrders(id);
	const open = (order) => actions.open({
		view: "orders",
		id: order
	});
	usePins(actions, round.flatMap(pinOf), open);
	if (round.length === 0) return null;
	return /* @__PURE__ */ a$1("section", {
		class: "round",
		"aria-label": t.roundLabel,
		children: [/* @__PURE__ */ a$1("h3", { children: t.round(digits(round.length, language.value), round.length === 1) }), /* @__PURE__ */ a$1("ol", { children: round.map((order, i) => /* @__PURE__ */ a$1("li", { children: /* @__PURE__ */ a$1(Stop, {
			order,
			number: i + 1,
			press: () => open(order.id)
		}) }, order.id)) })]
	});
}
function useOrders(id) {
	const orders = useSignal([]);
	F$1(() => {
		let over = false;
		const pulse = new Pulse(async () => {
			const answer = await openOrders(id);
			if (over) return pause;
			if (answer.value) orders.value = answer.value.toSorted(inRound);
			else if (answer.refusal?.kind === "forbidden") orders.value = [];
			return pause;
		});
		pulse.beat();
		return () => {
			over = true;
			pulse.stop();
		};
	}, []);
	return orders.value;
}
function Stop({ order, number, press }) {
	const { server } = now.value;
	const worries = server === void 0 ? [] : worriesOf(order, void 0, server);
	return /* @__PURE__ */ a$1("button", {
		class: "stop",
		onClick: press,
		children: [
			/* @__PURE__ */ a$1("span", {
				class: "number",
				children: digits(number, language.value)
			}),
			/* @__PURE__ */ a$1(Stage, { state: order.state }),
			/* @__PURE__ */ a$1("span", {
				class: "who",
				children: /* @__PURE__ */ a$1("bdi", { children: called(order) })
			}),
			worries.length > 0 ? /* @__PURE__ */ a$1(Worries, { of: worries }) : /* @__PURE__ */ a$1("span", {
				class: "old",
				children: order.promised !== void 0 && clock(order.promised)
			})
		]
	});
}
function pinOf(order, i) {
	const spot = order.destination?.spot;
	if (!spot) return [];
	return [{
		kind: "destination",
		id: order.id,
		...spot,
		label: words.value.pin.destination(isolated(called(order))),
		text: digits(i + 1, language.value),
		selected: false
	}];
}
// src/dispatch/dispatch.tsx
function Orders({ actions }) {
	const board = w$1(() => new Board(actions.sight), []);
	F$1(() => () => board.close(), []);
	useHubs(actions);
	const id = place.value?.id;
	return /* @__PURE__ */ a$1($$1, { children: [
		id === void 0 ? /* @__PURE__ */ a$1($$1, { children: [/* @__PURE__ */ a$1(Finder, {
			actions,
			board
		}), /* @__PURE__ */ a$1(Orders$1, {
			actions,
			board
		})] }) : /* @__PURE__ */ a$1(Ticket, {
			id,
			actions,
			board
		}, id),
		/* @__PURE__ */ a$1(Done, { board }),
		/* @__PURE__ */ a$1(Foot, { board })
	] });
}
function useHubs(actions) {
	const known = useSignal([]);
	A$1(() => void hubs().then((found) => known.value = found), []);
	usePins(actions, known.value.map(({ lat, lon, name }) => ({
		kind: "hub",
		id: name,
		lat,
		lon,
		label: words.value.pin.hub(isolated(name)),
		text: name,
		selected: false
	})), () => {});
}
function Done({ board }) {
	const t = words.value;
	const deed = board.deed.value;
	return /* @__PURE__ */ a$1("div", {
		class: deed || board.mishap.value ? "deed told" : "deed",
		children: [
			/* @__PURE__ */ a$1("span", {
				role: "status",
				children: deed && t.given(isolated(deed.order.id), isolated(deed.courier))
			}),
			deed && /* @__PURE__ */ a$1("button", {
				class: "soft",
				onClick: () => void board.undo(),
				children: t.undo
			}),
			board.mishap.value && /* @__PURE__ */ a$1("p", {
				class: "wrong",
				children: t.notUndone
			}),
			/* @__PURE__ */ a$1(Refused, { refusal: board.mishap.value })
		]
	});
}
function Foot({ board }) {
	const t = words.value;
	const { open, state, asOf, pause } = board;
	const count = open.value.length;
	const failing = typeof state.value === "object" && asOf.value !== void 0;
	if (asOf.value === void 0) return null;
	return /* @__PURE__ */ a$1("p", {
		class: failing ? "foot-note failing" : "foot-note",
		role: failing ? "status" : void 0,
		children: failing ? t.outdated(clock(asOf.value)) : t.foot(digits(count, language.value), count === 1, age(pause.value, language.value))
	});
}
export { Orders, Round };
