import { $ as A, A as ask, B as array, H as json, J as words$1, K as object, L as one, O as language, R as parseTeams, T as digits, V as flag, W as list, Z as O, c as a, i as Icon, q as string, tt as T, z as roles } from "./main.js";
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
			stale: "Somebody changed it in the meantime. Look at it again.",
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
		noTeamChosen: "گروهی انتخاب کنید.",
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
		copyKey: "کپی کلید",
		copyLink: "کپی لینک نقشه",
		copied: "کپی شد",
		linkWhy: "کلید در لینک هست: آن را تنها برای صاحبش بفرستید.",
		done: "برداشتم",
		importTitle: "ورود پیک‌ها از فایل",
		drop: "فایل CSV را اینجا رها کنید، یا انتخاب کنید",
		choose: "انتخاب فایل",
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
			encoding: "فایل UTF-8 نیست. در Excel هنگام ذخیره «CSV UTF-8» را انتخاب کنید.",
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
			stale: "در این میان کسی آن را تغییر داد. دوباره ببینید.",
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
function Wrong({ name, faults }) {
	if (!faults || faults.length === 0) return null;
	return /* @__PURE__ */ a("small", {
		id: `wrong-${name}`,
		class: "wrong",
		dir: "auto",
		children: faults.map((sentence) => inWords(sentence, language.value)).join(" ")
	});
}
function described(name, hint, faults) {
	const wrong = faults !== void 0 && faults.length > 0;
	const by = [wrong && `wrong-${name}`, hint !== void 0 && `hint-${name}`].filter(Boolean).join(" ");
	return {
		"aria-invalid": wrong,
		...by === "" ? {} : { "aria-describedby": by }
	};
}
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
function toFirstWrong(form) {
	requestAnimationFrame(() => form?.querySelector("[aria-invalid=\"true\"]")?.focus());
}
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
function call(path, method, body, read, headers) {
	return callFor(path, method, body, (text) => read(text === "" ? {} : object(json(text), "answer")), headers);
}
async function callFor(path, method, body, read, headers) {
	try {
		const answer = await ask(path, method, body, void 0, headers);
		const text = await answer.text();
		if (!answer.ok) return { refusal: refusal(answer.status, text) };
		return { value: read(text) };
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
	412: "stale",
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
function wrongField(name, ...sentences) {
	return {
		...refused("fields"),
		fields: { [name]: sentences }
	};
}
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
		teams: names(o, "teams"),
		couriers: names(o, "couriers"),
		courier: words$1(o, "courier") ?? "",
		made: moment(o, "made"),
		until: moment(o, "until"),
		used: moment(o, "used"),
		revoked: moment(o, "revoked")
	};
}
function names(o, field) {
	return array(o[field] ?? [], field).map(String);
}
function moment(o, field) {
	const said = words$1(o, field);
	return said === void 0 ? void 0 : Date.parse(said);
}
export { described as C, inWords as E, Wrong as S, words as T, Choice as _, deleteTeam as a, Sure as b, listTeams as c, putCouriers as d, putKey as f, wrongField as g, showCourier as h, deleteCourier as i, makeKey as l, revokeKey as m, call as n, listCouriers as o, putTeam as p, callFor as r, listKeys as s, allCouriers as t, putCourier as u, Field as v, toFirstWrong as w, Title as x, Refused as y };
