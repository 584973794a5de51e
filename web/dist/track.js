// \0rolldown/runtime.js
var __defProp = Object.defineProperty;
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
// node_modules/preact/dist/preact.mjs
var n$1;
var t$2;
var r$2;
var u$3;
var i$2;
var f$3;
var o$3;
var e$2;
var l$2;
var c$2;
var a$3;
var h$3 = Symbol.for("pv");
var p$3 = {};
var y$3 = [];
var v$2 = /^m(i|n|o|s|text|space)$/;
var w$3 = Array.isArray;
var d$2 = y$3.slice;
var _$1 = Object.assign;
function g$3(n) {
	n && n.parentNode && n.remove();
}
function k$2(n, t, r) {
	var u, i, f, o = {}, e = arguments.length;
	for (f in t) "key" == f ? u = t[f] : "ref" == f && "function" != typeof n ? i = t[f] : o[f] = t[f];
	return e > 2 && (o.children = e > 3 ? d$2.call(arguments, 2) : r), m$3(n, o, u, i, null);
}
function m$3(r, u, i, f, o) {
	var e = {
		type: r,
		props: u,
		key: i,
		ref: f,
		__k: null,
		__: null,
		__b: 0,
		__e: null,
		__c: null,
		constructor: h$3,
		__v: o || ++t$2,
		__i: -1,
		__u: 0
	};
	return !o && n$1.vnode && n$1.vnode(e), e;
}
function $(n) {
	return n.children;
}
function x$1(n, t) {
	this.props = n, this.context = t, this.__g = 0;
}
function S$1(n, t) {
	if (null == t) return n.__ && S$1(n.__, n.__i + 1);
	for (var r; t < n.__k.length; t++) if ((r = n.__k[t]) && r.__e) return r.__e;
	return "function" != typeof n.type || n.props.__P ? null : S$1(n);
}
function C$1(t) {
	var r, u = t.__v, i = u.__e, f = [], o = [], e = t.__P;
	e && ((r = _$1({ constructor: h$3 }, u)).__v = u.__v + 1, n$1.vnode && n$1.vnode(r), z$1(e, r, u, t.__n, e.namespaceURI, 32 & u.__u ? [i] : null, f, i || S$1(u), 32 & u.__u, o), r.__v = u.__v, r.__.__k[r.__i] = r, E$1(f, r, o), u.__ = u.__e = null, r.__e != i && j$1(r));
}
function j$1(n) {
	if ((n = n.__) && n.__c && !n.props.__P) return n.__e = null, n.__k.some(function(t) {
		return t && (n.__e = t.__e);
	}), j$1(n);
}
function L(t) {
	(8 & t.__g || (t.__g |= 8, u$3.push(t), f$3++)) && i$2 == n$1.debounceRendering || ((i$2 = n$1.debounceRendering) || queueMicrotask)(H);
}
function H() {
	try {
		for (var n, t = 1; u$3.length;) u$3.length > t && u$3.sort(o$3), n = u$3.shift(), t = u$3.length, 8 & n.__g && C$1(n);
	} finally {
		(f$3 = u$3.length) && (i$2 || queueMicrotask)(H);
	}
}
function I(n, t, r, u, i, f, o, e, l, c, a) {
	var s, h, v, w, d, _, g = u.__k || y$3, k = t.length;
	for (l = q(r, t, g, l, k), s = 0; s < k; s++) null != (v = r.__k[s]) && (h = ~v.__i && g[v.__i] || p$3, v.__i = s, _ = z$1(n, v, h, i, f, o, e, l, c, a), w = v.__e, (h.ref != v.ref || 8 & h.__u) && (h.ref && G(h.ref, null, v, h), v.ref && a.push(v.ref, v.__c || w, v)), d = d || w, 4 & v.__u ? (l = A$2(v, l, n, !h.__v), h.__e && (h.__e = null)) : "function" == typeof v.type && void 0 !== _ ? l = _ : w && (l = w.nextSibling), v.__u &= -21);
	return r.__e = d, l;
}
function q(n, t, r, u, i) {
	var f, o, e, l, c, a, s, p, y, v = r.length, d = v, _ = 0, g = 0, k = n.__k = Array(i);
	for (f = 0; f < i; f++) null != (o = t[f]) && "boolean" != typeof o && "function" != typeof o ? ("object" != typeof o || o.constructor === String ? o = k[f] = m$3(null, o) : w$3(o) ? o = k[f] = m$3($, { children: o }) : o.constructor === h$3 && o.__b ? o = k[f] = m$3(o.type, o.props, o.key, o.ref, o.__v) : k[f] = o, l = f + _, o.__ = n, o.__b = n.__b + 1, e = null, ~(c = o.__i = P(o, r, l, d)) && (d--, (e = r[c]) && (e.__u |= 2)), e && e.__v ? (o.__u |= 16, c == l - 1 ? _-- : c == l + 1 ? _++ : c != l && (c > l ? _-- : _++, g = 1)) : (~c || (i > v ? _-- : i < v && _++), "function" != typeof o.type && (o.__u |= 4))) : k[f] = null;
	if (g) {
		for (a = [], s = [], f = 0; f < i; f++) if ((o = k[f]) && 16 & o.__u) {
			for (_ = 0, p = a.length; _ < p;) a[y = _ + p >> 1] < o.__i ? _ = y + 1 : p = y;
			a[_] = o.__i, s[f] = _ + 1;
		}
		for (_ = a.length; f--;) s[f] && (s[f] == _ ? _-- : k[f].__u |= 4);
	}
	if (d) for (f = 0; f < v; f++) !(e = r[f]) || 2 & e.__u || (e.__e == u && (u = S$1(e)), J(e, e));
	return u;
}
function A$2(n, t, r, u) {
	var i, f, o, e;
	if ("function" == typeof n.type) {
		if (n.props.__P) return t;
		if (i = n.__k) for (f = 0; f < i.length; f++) i[f] && (i[f].__ = n, t = A$2(i[f], t, r, !1));
		return t;
	}
	for (t && !t.parentNode && (t = S$1(n)) && !t.parentNode && (t = null), o = n.__e, e = t; e && 8 == e.nodeType;) e = e.nextSibling;
	for (o != e && (!u && r.moveBefore && o.parentNode ? r.moveBefore(o, t) : r.insertBefore(o, t || null)), t = o; (t = t && t.nextSibling) && 8 == t.nodeType && !t.data.startsWith("$s"););
	return t;
}
function P(n, t, r, u) {
	var i, f = n.key, o = n.type, e = t[r], l = e && !(2 & e.__u);
	if (null === e && null == f || l && f == e.key && o == e.type) return r;
	if (u > (l ? 1 : 0)) {
		for (i = r - 1; i >= 0; i--) if ((e = t[i]) && !(2 & e.__u) && f == e.key && o == e.type) return i;
		for (i = r + 1; i < t.length; i++) if ((e = t[i]) && !(2 & e.__u) && f == e.key && o == e.type) return i;
	}
	return -1;
}
function T$1(n, t, r) {
	r ??= "", "-" == t[0] ? n.setProperty(t, r) : n[t] = r;
}
function N(n, t, r, u, i) {
	var f, o;
	if ("style" == t) if ("string" == typeof r) n.style.cssText = r;
	else {
		if ("string" == typeof u && (n.style.cssText = u = ""), u) for (t in u) r && t in r || T$1(n.style, t);
		if (r) for (t in r) u && r[t] == u[t] || T$1(n.style, t, r[t]);
	}
	else if ("o" == t[0] && "n" == t[1]) "function" != typeof r && (r = null), "function" != typeof u && (u = null), (n.__e || (n.__e = {}))[t] = r, r && u || (o = a$3[t] || (a$3[t] = V(t)), (n.__a || (n.__a = {}))[t] = c$2, f = t != (t = t.replace(l$2, "$1")), (t = t.slice(2))[0] < "a" && (t = t.toLowerCase()), r ? n.addEventListener(t, o, f) : n.removeEventListener(t, o, f));
	else {
		if ("http://www.w3.org/2000/svg" == i) t = t.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
		else if ("width" != t && "height" != t && "href" != t && "list" != t && "form" != t && "tabIndex" != t && "download" != t && "rowSpan" != t && "colSpan" != t && "role" != t && "popover" != t && t in n) try {
			n[t] = null == r ? "" : r;
			return;
		} catch (n) {}
		if ("function" == typeof r) return;
		null == r || !1 === r && "-" != t[4] ? n.removeAttribute(t) : n.setAttribute(t, "popover" == t && 1 == r ? "" : r);
	}
}
function V(t) {
	return function(r) {
		var u = this.__e;
		if (u) {
			if (u = u[t], null == r[e$2]) r[e$2] = c$2++;
			else if (r[e$2] < this.__a[t]) return;
			return u(n$1.event ? n$1.event(r) : r);
		}
	};
}
function z$1(t, r, u, i, f, o, e, l, c, a) {
	var s, p, v, d, k, b, m, M, C, j, L, H, q, A, O, P, T, N, V = r.type;
	if (r.constructor !== h$3) return null;
	128 & u.__u && (c = 32 & u.__u, s = u.__c.__z) && (r.__u |= c, p = o = [], 8 == s.nodeType ? l = B$1(s, o) : o.push(s), l = o[0] || l), (s = n$1.__b) && s(r);
	n: if ("function" == typeof V) {
		v = e.length;
		try {
			if (M = r.props, C = (s = V.prototype) && s.render, j = (s = V.contextType) && i[s.__c], L = s ? j ? j.props.value : s.__ : i, (d = u.__c) ? (r.__c = d, 2 & d.__g && (d.__g |= 1)) : (C ? r.__c = d = new V(M, L) : (r.__c = d = new x$1(M, L), d.constructor = V, d.render = K), j && j.sub(d), d.state || (d.state = {}), d.__n = i, d.__g |= 8, d.__h = [], d.__k = []), C && (d.__s || (d.__s = d.state), V.getDerivedStateFromProps && (d.__s == d.state && (d.__s = _$1({}, d.__s)), _$1(d.__s, V.getDerivedStateFromProps(M, d.__s)))), k = d.props, b = d.state, d.__v = r, u.__c) {
				if (M !== k && C && !V.getDerivedStateFromProps && d.componentWillReceiveProps && d.componentWillReceiveProps(M, L), r.__v == u.__v && !(8 & d.__g) || !(4 & d.__g) && d.shouldComponentUpdate && !1 === d.shouldComponentUpdate(M, d.__s, L)) {
					r.__v != u.__v && (d.props = M, d.state = d.__s, d.__g &= -9), r.__e = u.__e, r.__k = u.__k, r.__k.some(function(n) {
						n && (n.__ = r);
					}), y$3.push.apply(d.__h, d.__k), d.__k = [], d.__h.length && e.push(d), l = S$1(u);
					break n;
				}
				d.componentWillUpdate && d.componentWillUpdate(M, d.__s, L), C && d.componentDidUpdate && d.__h.push(function() {
					d.componentDidUpdate(k, b, m);
				});
			} else C && !V.getDerivedStateFromProps && d.componentWillMount && d.componentWillMount(), C && d.componentDidMount && d.__h.push(d.componentDidMount);
			d.context = L, d.props = M, d.__P = t, d.__g &= -5, H = n$1.__r, q = C ? 25 : 0;
			do
				d.__g &= -9, H && H(r), s = d.render(d.props, d.state = d.__s, d.context);
			while (8 & d.__g && ++q < 25);
			C && (y$3.push.apply(d.__h, d.__k), d.__k = []), d.state = d.__s, d.getChildContext && (i = _$1({}, i, d.getChildContext())), C && u.__c && d.getSnapshotBeforeUpdate && (m = d.getSnapshotBeforeUpdate(k, b)), A = s && s.type === $ && null == s.key ? s.props.children : s, M.__P && (s = l, f = (t = M.__P).namespaceURI, c = o = null, u.props && u.props.__P != t && (u.__k.some(function(n) {
				n && J(n, n);
			}), u.__k = null), l = u.__k ? S$1(u, 0) : null), l = I(t, w$3(A) ? A : [A], r, u, i, f, o, e, l, c, a), M.__P && (r.__e = null, l = s), r.__u &= -161, p && p.some(g$3), d.__h.length && e.push(d), 1 & d.__g && (d.__g &= -4);
		} catch (t) {
			if (e.length = v, r.__v = null, c || o) if (t && t.then) {
				if (r.__u |= 128 | c, o) {
					for (~(T = o.indexOf(l || void 0)) || (T = o.length); (N = o[T - 1]) && 8 == N.nodeType;) T--;
					for (; T < o.length; T++) if (N = o[T]) if (o[T] = null, O) {
						if (N == P) break;
					} else {
						if (8 != N.nodeType) break;
						N.data.startsWith("$s") && (P = B$1(O = N));
					}
				}
				if (!O) {
					for (; l && 8 == l.nodeType && l.nextSibling;) l = l.nextSibling;
					O = l;
				}
				(s = B$1(O = r.__c.__z || (r.__c.__z = O))) ? (r.__e = O, l = s) : r.__e = l, l = l && l.nextSibling;
			} else o && o.some(g$3);
			else r.__e = u.__e;
			r.__k || (r.__k = u.__k || []), t && t.then || D$1(r), n$1.__e(t, r, u);
		}
	} else l = r.__e = F$1(u.__e, r, u, i, f, o, e, c, a, t);
	return (s = n$1.diffed) && s(r), l;
}
function B$1(n, t) {
	if (n && 8 == n.nodeType && n.data.startsWith("$s")) for (var r = 1; n = n.nextSibling;) {
		if (8 == n.nodeType) {
			if (n.data.startsWith("$s")) r++;
			else if (n.data.startsWith("/$s") && !--r) return n;
		}
		t && t.push(n);
	}
}
function D$1(n) {
	n && (n.__c && (n.__c.__g |= 4), n.__k && n.__k.some(D$1));
}
function E$1(t, r, u) {
	for (var i = 0; i < u.length;) G(u[i++], u[i++], u[i++]);
	n$1.__c && n$1.__c(r, t), t.some(function(r) {
		try {
			t = r.__h, r.__h = [], t.some(function(n) {
				n.call(r);
			});
		} catch (t) {
			n$1.__e(t, r.__v);
		}
	});
}
function F$1(t, r, u, i, f, o, e, l, c, a) {
	var s, h, y, _, k, b, m, M, $ = u.props || p$3, x = r.props, C = r.type;
	if ("svg" == C ? f = "http://www.w3.org/2000/svg" : "math" == C ? f = "http://www.w3.org/1998/Math/MathML" : f || (f = "http://www.w3.org/1999/xhtml"), o) {
		for (s = 0; s < o.length; s++) if ((k = o[s]) && (C ? k.localName == C : 3 == k.nodeType)) {
			t = k, o[s] = null;
			break;
		}
	}
	if (!t) {
		if (M = a.ownerDocument || document, !C) return M.createTextNode(x);
		t = M.createElementNS(f, C, x.is ? x : a), l && (n$1.__m && n$1.__m(r, o), l = !1), o = null;
	}
	if (C) {
		if (a = "template" == C && t.content || t, o = "textarea" == C && null != x.defaultValue ? null : o && d$2.call(a.childNodes), !l && o) for ($ = {}, s = 0; s < t.attributes.length; s++) $[(k = t.attributes[s]).name] = k.value;
		for (s in $) k = $[s], "dangerouslySetInnerHTML" == s ? y = k : "children" == s || s in x || "value" == s && "defaultValue" in x || "checked" == s && "defaultChecked" in x || N(t, s, null, k, f);
		for (s in x) k = x[s], "children" == s ? _ = k : "dangerouslySetInnerHTML" == s ? h = k : "value" == s ? b = k : "checked" == s ? m = k : l && "function" != typeof k || $[s] === k || N(t, s, k, $[s], f);
		h ? (l || y && (h.__html == y.__html || h.__html == t.innerHTML) || (t.innerHTML = h.__html), r.__k = []) : (y && (t.textContent = ""), ("foreignObject" == C || "http://www.w3.org/1998/Math/MathML" == f && v$2.test(C)) && (f = "http://www.w3.org/1999/xhtml"), I(a, w$3(_) ? _ : [_], r, u, i, f, o, e, o ? o[0] : u.__k && S$1(u, 0), l, c), o && o.some(g$3)), l && "textarea" != C || (s = "value", "progress" == C && null == b ? t.removeAttribute(s) : null == b || b === t[s] && ("progress" != C || b) || N(t, s, b, $[s], f), s = "checked", null != m && m != t[s] && N(t, s, m, $[s], f));
	} else $ === x || l && t.data == x || (t.data = x);
	return t;
}
function G(t, r, u, i) {
	try {
		"function" == typeof t ? r ? r.__x = t(r) || 1 : i && (i = i.__c || i.__e) && (r = i.__x) && (i.__x = null, "function" == typeof r ? r() : t(null)) : t.current = r;
	} catch (t) {
		n$1.__e(t, u);
	}
}
function J(t, r, u) {
	var i, f, o, e;
	if (n$1.unmount && n$1.unmount(t), !(i = t.ref) || i.current && i.current != t.__e || G(i, null, r, t), i = t.__c) {
		if (i.componentWillUnmount) try {
			i.componentWillUnmount();
		} catch (t) {
			n$1.__e(t, r);
		}
		i.__P = i.__n = null;
	}
	if (i = t.__k) for (e = 0; e < i.length; e++) i[e] && J(i[e], r, "function" != typeof t.type || u && !t.props.__P);
	!u && (i = t.__c) && (i = i.__z) && (f = B$1(i, o = [])) && (i == t.__e && o.some(g$3), g$3(f), g$3(i)), u || g$3(t.__e), t.__e = t.__c = t.__ = null;
}
function K(n, t, r) {
	return this.constructor(n, r);
}
function Q(t, r) {
	var u, i, f, o;
	n$1.__ && n$1.__(t, r), 9 == r.nodeType && (r = r.documentElement), i = (u = t && 32 & t.__u) ? null : r.__k, r.__k = m$3($, { children: [t] }), f = [], o = [], z$1(r, r.__k, i || p$3, p$3, r.namespaceURI, i ? null : r.firstChild ? d$2.call(r.childNodes) : null, f, i ? i.__e : r.firstChild, u, o), E$1(f, r.__k, o), r.__k.props.children = null;
}
n$1 = { __e: function(n, t, r, u) {
	for (var i, o, e; t = t.__;) if ((i = t.__c) && !(1 & i.__g)) {
		i.__g |= 4;
		try {
			if ((e = (o = i.constructor) && o.getDerivedStateFromError) && i.setState(o.getDerivedStateFromError(n)), i.componentDidCatch && (i.componentDidCatch(n, u || {}), e = 1), e && 8 & i.__g) return void (i.__g |= 2);
		} catch (t) {
			n = t;
		}
	}
	throw f$3 = 0, n;
} }, t$2 = 0, r$2 = function(n) {
	return null != n && n.constructor === h$3;
}, x$1.prototype.setState = function(n, t) {
	var r = this.__s;
	r && r != this.state || (r = this.__s = _$1({}, this.state)), "function" == typeof n && (n = n(_$1({}, r), this.props)), n && (_$1(r, n), this.__v && (t && this.__k.push(t), L(this)));
}, x$1.prototype.forceUpdate = function(n) {
	this.__v && (this.__g |= 4, n && this.__h.push(n), L(this));
}, x$1.prototype.render = $, u$3 = [], f$3 = 0, o$3 = function(n, t) {
	return n.__v.__b - t.__v.__b;
}, e$2 = Symbol(), l$2 = /(PointerCapture)$|Capture$/i, c$2 = 0, a$3 = {};
// node_modules/preact/hooks/dist/hooks.mjs
var t$1;
var r$1;
var u$2;
var i$1;
var o$2 = Object.is;
var f$2 = 0;
var c$1 = [];
var e$1 = [];
var a$2 = n$1;
var v$1 = a$2.__b;
var l$1 = a$2.__r;
var m$2 = a$2.diffed;
var h$2 = a$2.__c;
var s$1 = a$2.unmount;
var p$2 = a$2.__;
function y$2(n, t) {
	a$2.__h && a$2.__h(r$1, n, f$2 || t), f$2 = 0;
	var u = r$1.__H || (r$1.__H = {
		__: [],
		__h: []
	});
	return n >= u.__.length && u.__.push({}), u.__[n];
}
function A$1(n, u) {
	var i = y$2(t$1++, 3);
	!a$2.__s && E(i.__H, u) && (i.__P = !0, i.__ = n, i.u = u, r$1.__H.__h.push(i));
}
function T(n) {
	return f$2 = 5, w$2(function() {
		return { current: n };
	}, []);
}
function w$2(n, r) {
	var u = y$2(t$1++, 7);
	return E(u.__H, r) && (u.__ = n(), u.__H = r), u.__;
}
function g$2() {
	var n;
	do {
		for (; n = e$1.shift();) try {
			C(n);
		} catch (t) {
			a$2.__e(t, { __: (n = n.__P) && n.__v });
		}
		for (; n = c$1.shift();) {
			var t = n.__H;
			if (n.__P && t) try {
				t.__h.some(C), t.__h.some(D), t.__h = [];
			} catch (r) {
				t.__h = [], a$2.__e(r, n.__v);
			}
		}
	} while (e$1.length);
}
a$2.__b = function(n) {
	r$1 = null, v$1 && v$1(n);
}, a$2.__ = function(n, t) {
	n && t.__k && t.__k.__m && (n.__m = t.__k.__m), p$2 && p$2(n, t);
}, a$2.__r = function(n) {
	l$1 && l$1(n), t$1 = 0;
	var i = (r$1 = n.__c).__H;
	i && (u$2 == r$1 ? r$1.__h = [] : (i.__h.some(C), i.__h.some(D), t$1 = 0), i.__h = [], i.__.some(function(n) {
		n.__N && (n.__ = n.__N), n.u = n.__N = void 0;
	})), u$2 = r$1;
}, a$2.diffed = function(n) {
	m$2 && m$2(n);
	var t = n.__c;
	t && t.__H && (t.__H.__h.length && B(c$1.push(t)), t.__H.__.some(function(n) {
		n.u && (n.__H = n.u);
	})), u$2 = r$1 = null;
}, a$2.__c = function(n, t) {
	t.some(function(n) {
		try {
			n.__h.some(C), n.__h = n.__h.filter(function(n) {
				return !n.__ || D(n);
			});
		} catch (t) {
			n.__h = [function() {
				throw t;
			}];
		}
	}), h$2 && h$2(n, t);
}, a$2.unmount = function(n) {
	s$1 && s$1(n);
	var t, r, u = n.__c;
	u && u.__H && (u.__H.__.some(function(u) {
		try {
			if (u.__P && u.__c) {
				if (void 0 === r) {
					for (r = n.__; r && (!r.__c || !r.__c.__P);) r = r.__;
					r = r && r.__c;
				}
				u.__P = r, B(e$1.push(u));
			} else C(u);
		} catch (n) {
			t = n;
		}
	}), u.__H = void 0, t && a$2.__e(t, u.__v));
};
var k$1 = "function" == typeof requestAnimationFrame;
function z(n) {
	var t, r = function() {
		clearTimeout(u), k$1 && cancelAnimationFrame(t), setTimeout(n);
	}, u = setTimeout(r, 35);
	k$1 && (t = requestAnimationFrame(r));
}
function B(n) {
	1 != n && i$1 == a$2.requestAnimationFrame || ((i$1 = a$2.requestAnimationFrame) || z)(g$2);
}
function C(n) {
	var t = r$1, u = n.__c;
	"function" == typeof u && (n.__c = void 0, u()), r$1 = t;
}
function D(n) {
	var t = r$1;
	n.__c = n.__(), r$1 = t;
}
function E(n, t) {
	return !n || n.length != t.length || t.some(function(t, r) {
		return !o$2(t, n[r]);
	});
}
// node_modules/@preact/signals-core/dist/signals-core.module.js
var i = Symbol.for("preact-signals");
function t() {
	if (!(v > 1)) {
		var i, t = !1;
		(function() {
			var i = c;
			c = void 0;
			while (void 0 !== i) {
				var t = i.S;
				if (t.v === i.v) {
					for (var r = t.t; void 0 !== r; r = r.x) if (r.i === i.i) r.i = t.i;
				}
				i = i.o;
			}
		})();
		while (void 0 !== h$1) {
			var r = h$1;
			h$1 = void 0;
			s++;
			while (void 0 !== r) {
				var n = r.u;
				r.u = void 0;
				r.f &= -3;
				if (!(8 & r.f) && w$1(r)) try {
					r.c();
				} catch (r) {
					if (!t) {
						i = r;
						t = !0;
					}
				}
				r = n;
			}
		}
		s = 0;
		v--;
		if (t) throw i;
	} else v--;
}
function r(i) {
	if (v > 0) return i();
	u$1 = ++e;
	v++;
	try {
		return i();
	} finally {
		t();
	}
}
var n;
var o$1 = void 0;
function f$1(i) {
	var t = o$1, r = n;
	o$1 = void 0;
	n = void 0;
	try {
		return i();
	} finally {
		o$1 = t;
		n = r;
	}
}
var h$1 = void 0;
var v = 0;
var s = 0;
var e = 0;
var u$1 = 0;
var c = void 0;
var a$1 = 0;
function d$1(i) {
	if (void 0 !== o$1) {
		var t = i.n;
		if (void 0 === t || t.t !== o$1) {
			t = {
				i: 0,
				S: i,
				p: o$1.s,
				n: void 0,
				t: o$1,
				e: void 0,
				x: void 0,
				r: t
			};
			if (void 0 !== o$1.s) o$1.s.n = t;
			o$1.s = t;
			i.n = t;
			if (32 & o$1.f) i.S(t);
			return t;
		} else if (-1 === t.i) {
			t.i = 0;
			if (void 0 !== t.n) {
				t.n.p = t.p;
				if (void 0 !== t.p) t.p.n = t.n;
				t.p = o$1.s;
				t.n = void 0;
				o$1.s.n = t;
				o$1.s = t;
			}
			return t;
		}
	}
}
function l(i, t) {
	this.v = i;
	this.i = 0;
	this.n = void 0;
	this.t = void 0;
	this.l = 0;
	this.W = null == t ? void 0 : t.watched;
	this.Z = null == t ? void 0 : t.unwatched;
	this.name = null == t ? void 0 : t.name;
}
l.prototype.brand = i;
l.prototype.h = function() {
	return !0;
};
l.prototype.S = function(i) {
	var t = this, r = this.t;
	if (r !== i && void 0 === i.e) {
		i.x = r;
		this.t = i;
		if (void 0 !== r) r.e = i;
		else f$1(function() {
			var i;
			null == (i = t.W) || i.call(t);
		});
	}
};
l.prototype.U = function(i) {
	var t = this;
	if (void 0 !== this.t) {
		var r = i.e, n = i.x;
		if (void 0 !== r) {
			r.x = n;
			i.e = void 0;
		}
		if (void 0 !== n) {
			n.e = r;
			i.x = void 0;
		}
		if (i === this.t) {
			this.t = n;
			if (void 0 === n) f$1(function() {
				var i;
				null == (i = t.Z) || i.call(t);
			});
		}
	}
};
l.prototype.subscribe = function(i) {
	var t = this;
	return x(function() {
		var r = t.value;
		f$1(function() {
			return i(r);
		});
	}, { name: "sub" });
};
l.prototype.valueOf = function() {
	return this.value;
};
l.prototype.toString = function() {
	return this.value + "";
};
l.prototype.toJSON = function() {
	return this.value;
};
l.prototype.peek = function() {
	var i = this;
	return f$1(function() {
		return i.value;
	});
};
Object.defineProperty(l.prototype, "value", {
	get: function() {
		var i = d$1(this);
		if (void 0 !== i) i.i = this.i;
		return this.v;
	},
	set: function(i) {
		if (i !== this.v) {
			if (s > 100) throw new Error("Cycle detected");
			(function(i) {
				if (0 !== v && 0 === s) {
					if (i.l !== u$1) {
						i.l = u$1;
						c = {
							S: i,
							v: i.v,
							i: i.i,
							o: c
						};
					}
				}
			})(this);
			this.v = i;
			this.i++;
			a$1++;
			v++;
			try {
				for (var r = this.t; void 0 !== r; r = r.x) r.t.N();
			} finally {
				t();
			}
		}
	}
});
function y$1(i, t) {
	return new l(i, t);
}
function w$1(i) {
	for (var t = i.s; void 0 !== t; t = t.n) if (t.S.i !== t.i || !t.S.h() || t.S.i !== t.i) return !0;
	return !1;
}
function b$1(i) {
	for (var t = i.s; void 0 !== t; t = t.n) {
		var r = t.S.n;
		if (void 0 !== r) t.r = r;
		t.S.n = t;
		t.i = -1;
		if (void 0 === t.n) {
			i.s = t;
			break;
		}
	}
}
function _(i) {
	var t = i.s, r = void 0;
	while (void 0 !== t) {
		var n = t.p;
		if (-1 === t.i) {
			t.S.U(t);
			if (void 0 !== n) n.n = t.n;
			if (void 0 !== t.n) t.n.p = n;
		} else r = t;
		t.S.n = t.r;
		if (void 0 !== t.r) t.r = void 0;
		t = n;
	}
	i.s = r;
}
function j(i, t) {
	l.call(this, void 0, t);
	this.x = i;
	this.s = void 0;
	this.g = a$1 - 1;
	this.f = 4;
}
j.prototype = new l();
j.prototype.h = function() {
	this.f &= -3;
	if (1 & this.f) return !1;
	if (32 == (36 & this.f)) return !0;
	this.f &= -5;
	if (this.g === a$1) return !0;
	this.g = a$1;
	this.f |= 1;
	if (this.i > 0 && !w$1(this)) {
		this.f &= -2;
		return !0;
	}
	var i = o$1;
	try {
		b$1(this);
		o$1 = this;
		var t = this.x();
		if (16 & this.f || this.v !== t || 0 === this.i) {
			this.v = t;
			this.f &= -17;
			this.i++;
		}
	} catch (i) {
		this.v = i;
		this.f |= 16;
		this.i++;
	}
	o$1 = i;
	_(this);
	this.f &= -2;
	return !0;
};
j.prototype.S = function(i) {
	if (void 0 === this.t) {
		this.f |= 36;
		for (var t = this.s; void 0 !== t; t = t.n) t.S.S(t);
	}
	l.prototype.S.call(this, i);
};
j.prototype.U = function(i) {
	if (void 0 !== this.t) {
		l.prototype.U.call(this, i);
		if (void 0 === this.t) {
			this.f &= -33;
			for (var t = this.s; void 0 !== t; t = t.n) t.S.U(t);
		}
	}
};
j.prototype.N = function() {
	if (!(2 & this.f)) {
		this.f |= 6;
		for (var i = this.t; void 0 !== i; i = i.x) i.t.N();
	}
};
Object.defineProperty(j.prototype, "value", { get: function() {
	if (1 & this.f) throw new Error("Cycle detected");
	var i = d$1(this);
	this.h();
	if (void 0 !== i) i.i = this.i;
	if (16 & this.f) throw this.v;
	return this.v;
} });
function O(i, t) {
	return new j(i, t);
}
function p$1(i) {
	var r = i.j;
	i.j = void 0;
	if ("function" == typeof r) {
		v++;
		var n = o$1;
		o$1 = void 0;
		try {
			r();
		} catch (t) {
			i.f &= -2;
			i.f |= 8;
			g$1(i);
			throw t;
		} finally {
			o$1 = n;
			t();
		}
	}
}
function g$1(i) {
	for (var t = i.s; void 0 !== t; t = t.n) t.S.U(t);
	i.x = void 0;
	i.s = void 0;
	p$1(i);
}
function S(i) {
	if (o$1 !== this) throw new Error("Out-of-order effect");
	_(this);
	o$1 = i;
	this.f &= -2;
	try {
		if (8 & this.f) g$1(this);
	} finally {
		t();
	}
}
function m$1(i, t) {
	this.x = i;
	this.j = void 0;
	this.s = void 0;
	this.u = void 0;
	this.f = 32;
	this.name = null == t ? void 0 : t.name;
	if (n) n.push(this);
}
m$1.prototype.c = function() {
	var i = this.S();
	try {
		if (8 & this.f) return;
		if (void 0 === this.x) return;
		var t = this.x();
		if ("function" == typeof t) this.j = t;
	} finally {
		i();
	}
};
m$1.prototype.S = function() {
	if (1 & this.f) throw new Error("Cycle detected");
	this.f |= 1;
	this.f &= -9;
	p$1(this);
	b$1(this);
	v++;
	var i = o$1;
	o$1 = this;
	return S.bind(this, i);
};
m$1.prototype.N = function() {
	if (!(2 & this.f)) {
		this.f |= 2;
		this.u = h$1;
		h$1 = this;
	}
};
m$1.prototype.d = function() {
	this.f |= 8;
	if (!(1 & this.f)) g$1(this);
};
m$1.prototype.dispose = function() {
	this.d();
};
function x(i, t) {
	var r = new m$1(i, t);
	try {
		r.c();
	} catch (i) {
		r.d();
		throw i;
	}
	var n = r.d.bind(r);
	n[Symbol.dispose] = n;
	return n;
}
// node_modules/@preact/signals/dist/signals.module.js
var h;
var p;
var m = "undefined" != typeof window && !!window.__PREACT_SIGNALS_DEVTOOLS__;
var g = [];
x(function() {
	h = this.N;
})();
function b(i, n) {
	n$1[i] = n.bind(null, n$1[i] || function() {});
}
function y(i) {
	if (p) {
		var n = p;
		p = void 0;
		n();
	}
	p = i && i.S();
}
function w(i) {
	var n = this, r = i.data, t = useSignal(r);
	t.name = "ReactiveDom";
	t.value = r;
	var e = w$2(function() {
		var i = n, r = n.__v;
		while (r = r.__) if (r.__c) {
			r.__c.__$f |= 4;
			break;
		}
		var o = O(function() {
			var i = t.value.value;
			return 0 === i ? 0 : !0 === i ? "" : i || "";
		}), e = O(function() {
			return !Array.isArray(o.value) && !r$2(o.value);
		}), u = x(function() {
			this.N = M;
			if (e.value) {
				var n = o.value;
				if (i.__v && i.__v.__e && 3 === i.__v.__e.nodeType) i.__v.__e.data = n;
			}
		}), c = n.__$u.d;
		n.__$u.d = function() {
			u();
			c.call(this);
		};
		return [e, o];
	}, []), u = e[0], c = e[1];
	return u.value ? c.peek() : c.value;
}
w.displayName = "ReactiveTextNode";
Object.defineProperties(l.prototype, {
	constructor: {
		configurable: !0,
		value: k$2($, null).constructor
	},
	type: {
		configurable: !0,
		value: w
	},
	props: {
		configurable: !0,
		get: function() {
			var i = this;
			return { data: { get value() {
				return i.value;
			} } };
		}
	},
	__b: {
		configurable: !0,
		value: 1
	}
});
b("__b", function(i, n) {
	y();
	if ("string" == typeof n.type) {
		var r, t = n.props;
		for (var f in t) if ("children" !== f) {
			var o = t[f];
			if (o instanceof l) {
				if (!r) n.__np = r = {};
				r[f] = o;
				t[f] = o.peek();
			}
		}
	}
	i(n);
});
b("__r", function(i, r) {
	i(r);
	if (r.type !== $) {
		y();
		var t, f = r.__c;
		if (f) {
			f.__$f &= -2;
			if (void 0 === (t = f.__$u)) f.__$u = t = function(i, n) {
				var r;
				x(function() {
					r = this;
				}, { name: n });
				r.c = i;
				return r;
			}(function(i) {
				return function() {
					var n;
					if (m) null == (n = this.y) || n.call(this);
					i.__$f |= 1;
					i.setState({});
				};
			}(f), "function" == typeof r.type ? r.type.displayName || r.type.name : "");
		}
		y(t);
	}
});
b("__e", function(i, n, r, t) {
	y();
	i(n, r, t);
});
b("diffed", function(i, n) {
	y();
	var r;
	if ("string" == typeof n.type && (r = n.__e)) {
		var t = n.__np, f = n.props, o = r.U;
		if (o) for (var e in o) {
			var u = o[e];
			if (!(void 0 === u || t && e in t)) {
				u.d();
				o[e] = void 0;
			}
		}
		if (t) {
			if (!o) {
				o = {};
				r.U = o;
			}
			for (var a in t) {
				var c = o[a], v = t[a];
				if (void 0 === c) {
					c = k(r, a, v, f);
					o[a] = c;
				} else c.o(v, f);
			}
		}
	}
	i(n);
});
function k(i, n, r, t) {
	var f = n in i && void 0 === i.ownerSVGElement, o = y$1(r);
	return {
		o: function(i, n) {
			o.value = i;
			t = n;
		},
		d: x(function() {
			this.N = M;
			var r = o.value.value;
			if (t[n] !== r) {
				t[n] = r;
				if (f) i[n] = r;
				else if (null != r && (!1 !== r || "-" === n[4])) i.setAttribute(n, r);
				else i.removeAttribute(n);
			}
		})
	};
}
b("unmount", function(i, n) {
	if ("string" == typeof n.type) {
		var r = n.__e;
		if (r) {
			var t = r.U;
			if (t) {
				r.U = void 0;
				for (var f in t) {
					var o = t[f];
					if (o) o.d();
				}
			}
		}
		var e = n.__np;
		if (e) {
			var u = n.props;
			for (var a in e) u[a] = e[a];
		}
		n.__np = void 0;
	} else {
		var c = n.__c;
		if (c) {
			c.__$f |= 8;
			var v = c.__$u;
			if (v) {
				c.__$u = void 0;
				v.d();
			}
		}
	}
	i(n);
});
b("__h", function(i, n, r, t) {
	if (t < 3) n.__$f |= 2;
	i(n, r, t);
});
x$1.prototype.shouldComponentUpdate = function(i, n) {
	if (this.__R) return !0;
	var r = this.__$u, t = r && void 0 !== r.s;
	for (var f in n) return !0;
	if (this.__f || "boolean" == typeof this.u && !0 === this.u) {
		var o = 2 & this.__$f;
		if (!(t || o || 4 & this.__$f)) return !0;
		if (1 & this.__$f) return !0;
	} else {
		if (!(t || 4 & this.__$f)) return !0;
		if (3 & this.__$f) return !0;
	}
	for (var e in i) if ("__source" !== e && i[e] !== this.props[e]) return !0;
	for (var u in this.props) if (!(u in i)) return !0;
	return !1;
};
function useSignal(i, n) {
	return w$2(function() {
		return y$1(i, n);
	}, []);
}
var A = function(i) {
	queueMicrotask(function() {
		queueMicrotask(i);
	});
};
function F() {
	r(function() {
		var i;
		while (i = g.shift()) h.call(i);
	});
}
function M() {
	if (1 === g.push(this)) (n$1.requestAnimationFrame || A)(F);
}
// src/fields.ts
var WireError = class extends Error {
	name = "WireError";
};
function json(text) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new WireError("not JSON", { cause });
	}
}
function object(value, what) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw new WireError(`${what} is not an object`);
}
function array(value, what) {
	if (Array.isArray(value)) return value;
	throw new WireError(`${what} is not an array`);
}
function string(o, key) {
	const value = o[key];
	if (typeof value === "string") return value;
	throw new WireError(`${key} is not a string`);
}
function number(o, key) {
	return numberItem(o[key], key);
}
function flag(o, key) {
	return o[key] === true;
}
function list(o, key) {
	return o[key] === void 0 ? [] : array(o[key], key);
}
function numberItem(value, what = "item") {
	if (typeof value === "number") return value;
	throw new WireError(`${String(what)} is not a number`);
}
function textItem(value) {
	if (typeof value === "string") return value;
	throw new WireError("item is not a string");
}
function words$1(o, key) {
	const value = o[key];
	return typeof value === "string" && value !== "" ? value : void 0;
}
function known$1(o, key) {
	const value = o[key];
	return typeof value === "number" ? value : void 0;
}
// src/answers.ts
function parseDetail(answer) {
	try {
		return words$1(object(json(answer), "answer"), "detail") ?? "";
	} catch {
		return "";
	}
}
// src/theme.ts
var light = {
	ground: "#f3f2ee",
	surface: "#ffffff",
	line: "#e2e0d9",
	ink: "#1d2430",
	muted: "#5d6673",
	accent: "#1a56c4",
	moving: "#1f62d8",
	stopped: "#b25a00",
	silent: "#7d858f",
	attention: "#96650a",
	danger: "#b3261e",
	focus: "#1a56c4",
	map: {
		water: "#cbdbe3",
		park: "#dfe9d6",
		building: "#e6e3dc",
		town: "#eeece7",
		border: "#cfccc4",
		street: "#ffffff",
		casing: "#dedbd3",
		main: "#ffffff",
		motorway: "#fbf3dc",
		label: "#6b6a66",
		place: "#44474d",
		green: "#5e7a55"
	}
};
var dark = {
	ground: "#15181d",
	surface: "#1e2329",
	line: "#343b44",
	ink: "#e9ecf0",
	muted: "#a0a9b4",
	accent: "#8db4ff",
	moving: "#6fa2ff",
	stopped: "#f0a04b",
	silent: "#8a929c",
	attention: "#e9b44c",
	danger: "#ff8a80",
	focus: "#8db4ff",
	map: {
		water: "#0e2230",
		park: "#18241d",
		building: "#20252c",
		town: "#191d22",
		border: "#3a414a",
		street: "#2b313a",
		casing: "#14171b",
		main: "#363d47",
		motorway: "#474a45",
		label: "#8d949d",
		place: "#b4bac2",
		green: "#6d8f70"
	}
};
function parts(color) {
	const value = Number.parseInt(color.slice(1), 16);
	return [
		(value >> 16) / 255,
		(value >> 8 & 255) / 255,
		(value & 255) / 255
	];
}
// src/color.ts
var enough = 4.5;
function contrast(a, b) {
	const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
	return (light + .05) / (dark + .05);
}
function legible(color, grounds, ink) {
	for (let share = 0; share < 1; share += .05) {
		const mixed = mix(color, ink, share);
		if (grounds.every((ground) => contrast(mixed, ground) >= enough)) return mixed;
	}
	return ink;
}
function over(color) {
	return contrast(color, "#ffffff") >= contrast(color, "#000000") ? "#ffffff" : "#000000";
}
function mix(a, b, share) {
	const [from, to] = [parts(a), parts(b)];
	return `#${from.map((part, i) => byte(part + (to[i] - part) * share)).join("")}`;
}
function byte(part) {
	return Math.round(part * 255).toString(16).padStart(2, "0");
}
function luminance(color) {
	const [r, g, b] = parts(color).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
	return .2126 * r + .7152 * g + .0722 * b;
}
// src/session.ts
var tokenForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
var languageKey = "peyk.language";
var shadeKey = "peyk.shade";
function couldBe(text) {
	return tokenForm.test(text.trim());
}
function wayIn(login) {
	const url = new URL(login, document.baseURI);
	url.searchParams.set("next", url.origin === location.origin ? location.href.slice(location.origin.length) : location.href);
	return url.href;
}
function language$1() {
	const saved = localStorage.getItem(languageKey);
	if (saved === "en" || saved === "fa") return saved;
	return navigator.language.startsWith("fa") ? "fa" : "en";
}
function keepLanguage(chosen) {
	localStorage.setItem(languageKey, chosen);
}
function shade$1() {
	const saved = localStorage.getItem(shadeKey);
	return saved === "light" || saved === "dark" ? saved : "system";
}
// src/look.ts
var language = y$1(language$1());
var timezone = y$1("");
var darkness = matchMedia("(prefers-color-scheme: dark)");
var systemIsDark = y$1(darkness.matches);
var shade = y$1(shade$1());
var isDark = O(() => shade.value === "system" ? systemIsDark.value : shade.value === "dark");
var theme = O(() => isDark.value ? dark : light);
function followSystem() {
	darkness.addEventListener("change", (event) => systemIsDark.value = event.matches);
}
function speak(chosen) {
	language.value = chosen;
	keepLanguage(chosen);
}
function dress(title, accent) {
	document.documentElement.lang = language.value;
	document.body.dir = language.value === "fa" ? "rtl" : "ltr";
	document.title = title;
	const { style } = document.documentElement;
	style.colorScheme = shade.value === "system" ? "light dark" : shade.value;
	for (const [name, color] of Object.entries(theme.value)) if (typeof color === "string") style.setProperty(`--${name}`, color);
	if (accent !== void 0) style.setProperty("--accent", accent);
}
// src/root.ts
var bundle = import.meta.url;
var root = new URL(".", bundle).href;
function at(path) {
	return root + path;
}
// src/brand.ts
var shop$1 = y$1({
	name: "",
	color: "",
	logo: ""
});
var accent = O(() => {
	const { surface, ground, ink, accent: own } = theme.value;
	return shop$1.value.color === "" ? own : legible(shop$1.value.color, [surface, ground], ink);
});
function wear(title) {
	followSystem();
	x(() => dress(title(), accent.value));
	x(() => {
		const { color } = shop$1.value;
		const { style } = document.documentElement;
		style.setProperty("--brand", color || "var(--surface)");
		style.setProperty("--on-brand", color === "" ? "var(--ink)" : over(color));
		document.querySelector("meta[name=theme-color]")?.setAttribute("content", color || theme.value.surface);
	});
}
function keepShell(folder) {
	const register = () => navigator.serviceWorker?.register(at(`${folder}/worker.js`)).catch(() => {});
	if (document.readyState === "complete") register();
	else addEventListener("load", () => void register());
}
// src/orders.ts
var orderStates = [
	"created",
	"assigned",
	"picked_up",
	"delivered",
	"cancelled",
	"failed"
];
function hasEnded(state) {
	return state === "delivered" || state === "cancelled" || state === "failed";
}
function parseTracked(value) {
	const o = object(value, "order");
	if (o["state"] === "unknown") return "unknown";
	return {
		id: words$1(o, "id") ?? "",
		state: stateOf(o),
		destination: spotted(o["destination"]),
		promised: known$1(o, "promised"),
		ended: known$1(o, "ended"),
		eta: eta(o["eta"]),
		stops: known$1(o, "stops"),
		code: words$1(o, "code") ?? "",
		shopPhone: words$1(o, "shop_phone") ?? "",
		phone: words$1(o, "phone") ?? "",
		courier: seen$1(o["courier"])
	};
}
function parseTrack(answer) {
	return list(object(json(answer), "answer"), "orders").map((item) => {
		const o = object(item, "order");
		return {
			id: string(o, "id"),
			state: stateOf(o),
			destination: placeOf(o["destination"]),
			promised: moment$2(o, "promised"),
			ended: moment$2(o, "ended"),
			eta: some(o["eta"], "eta", (minutes) => ({
				least: number(minutes, "least"),
				most: number(minutes, "most")
			})),
			stops: known$1(o, "stops"),
			code: words$1(o, "code") ?? "",
			shopPhone: words$1(o, "shop_phone") ?? "",
			phone: words$1(o, "courier_phone") ?? "",
			courier: some(o["courier"], "courier", (courier) => ({
				lat: number(courier, "latitude"),
				lon: number(courier, "longitude"),
				name: words$1(courier, "name") ?? "",
				exact: flag(courier, "exact"),
				stamp: moment$2(courier, "time") ?? 0
			}))
		};
	});
}
function placeOf(value) {
	return some(value, "place", (o) => {
		const [lat, lon] = [known$1(o, "latitude"), known$1(o, "longitude")];
		return {
			spot: lat === void 0 || lon === void 0 ? void 0 : {
				lat,
				lon
			},
			address: words$1(o, "address") ?? ""
		};
	});
}
function moment$2(o, key) {
	const text = words$1(o, key);
	return text === void 0 ? void 0 : Date.parse(text);
}
function some(value, what, make) {
	return value === void 0 || value === null ? void 0 : make(object(value, what));
}
function stateOf(o) {
	const said = string(o, "state");
	const found = orderStates.find((each) => each === said);
	if (!found) throw new WireError(`a state that we do not know: ${said}`);
	return found;
}
function spotted(value) {
	if (value === void 0 || value === null) return void 0;
	const [lat, lon, address] = array(value, "place");
	return {
		spot: typeof lat === "number" && typeof lon === "number" ? {
			lat,
			lon
		} : void 0,
		address: typeof address === "string" ? address : ""
	};
}
function eta(value) {
	if (value === void 0 || value === null) return void 0;
	const [least, most] = array(value, "eta");
	return {
		least: numberItem(least),
		most: numberItem(most)
	};
}
function seen$1(value) {
	return some(value, "courier", (o) => {
		const [lat, lon] = array(o["at"], "at");
		return {
			lat: numberItem(lat),
			lon: numberItem(lon),
			name: words$1(o, "name") ?? "",
			exact: flag(o, "exact"),
			stamp: number(o, "time")
		};
	});
}
// src/request.ts
var patience = 3e4;
function request(path, token, method = "GET", body, more) {
	const headers = {
		...more,
		...token !== void 0 && { Authorization: `Bearer ${token}` }
	};
	if (body !== void 0) headers["Content-Type"] = "application/json";
	const sent = body === void 0 ? {} : { body: JSON.stringify(body) };
	return fetch(at(`api/v1/${path}`), {
		method,
		headers,
		cache: "no-store",
		signal: AbortSignal.timeout(patience),
		...sent
	});
}
// src/wire.ts
var kinds = [
	"builtin",
	"style",
	"raster",
	"pmtiles"
];
function parse(text) {
	const o = object(json(text), "message");
	switch (string(o, "type")) {
		case "hello": return {
			type: "hello",
			epoch: string(o, "epoch"),
			version: number(o, "version")
		};
		case "parts": return {
			type: "parts",
			parts: list(o, "parts").map(watched),
			more: flag(o, "more")
		};
		case "frame": return frame(o);
		case "upto": return {
			type: "upto",
			version: number(o, "version")
		};
		case "beat": return {
			type: "beat",
			version: number(o, "version")
		};
		case "bye": return {
			type: "bye",
			code: number(o, "code"),
			reason: string(o, "reason"),
			after: number(o, "after")
		};
		case "right": return {
			type: "right",
			until: number(o, "until")
		};
		case "error": return {
			type: "error",
			error: string(o, "error"),
			detail: string(o, "detail")
		};
		default: return;
	}
}
function tell(token) {
	return JSON.stringify({
		type: "token",
		token
	});
}
function watch(have, view = { all: true }) {
	if (!have) return JSON.stringify({
		type: "watch",
		view
	});
	return JSON.stringify({
		type: "watch",
		view,
		epoch: have.epoch,
		have: Object.fromEntries(have.versions)
	});
}
function parseConfig(text) {
	const o = object(json(text), "config");
	const kind = kinds.find((each) => each === string(o, "kind"));
	if (!kind) throw new WireError(`a kind of map that we do not know: ${string(o, "kind")}`);
	const [style, dark, attribution] = [
		string(o, "style"),
		string(o, "dark"),
		string(o, "attribution")
	];
	return {
		kind,
		style,
		dark,
		attribution,
		city: flag(o, "city"),
		timezone: words$1(o, "timezone") ?? "",
		login: words$1(o, "login") ?? "",
		shop: shop(object(o["shop"] ?? {}, "shop"))
	};
}
function shop(o) {
	const color = words$1(o, "color") ?? "";
	return {
		name: words$1(o, "name") ?? "",
		color: /^#[0-9a-f]{6}$/i.test(color) ? color : "",
		logo: words$1(o, "logo") ?? ""
	};
}
function watched(item) {
	const a = array(item, "part");
	return {
		number: numberItem(a[0]),
		part: textItem(a[1])
	};
}
function frame(o) {
	const to = number(o, "to");
	const span = o["span"] === void 0 ? 0 : number(o, "span");
	return {
		type: "frame",
		part: number(o, "part"),
		from: span > 0 ? to - span : 0,
		to,
		full: flag(o, "full"),
		more: flag(o, "more"),
		left: list(o, "left").map((item) => numberItem(item)),
		introduced: list(o, "new").map(introduction),
		at: list(o, "at").map((item) => fix(item, to)),
		cells: list(o, "cells").map(cell),
		order: o["order"] === void 0 ? void 0 : parseTracked(o["order"])
	};
}
function introduction(item) {
	const a = array(item, "introduction");
	return {
		number: numberItem(a[0]),
		id: textItem(a[1]),
		name: textItem(a[2]),
		team: textItem(a[3]),
		username: textItem(a[4])
	};
}
function fix(item, to) {
	const a = array(item, "position");
	const interval = measure(a[6]);
	const position = {
		lat: numberItem(a[1]),
		lon: numberItem(a[2]),
		heading: measure(a[3]),
		speed: measure(a[4]),
		stamp: to - numberItem(a[5]),
		interval: interval === null ? null : interval * 1e3
	};
	return {
		number: numberItem(a[0]),
		position
	};
}
function cell(item) {
	const a = array(item, "cell");
	const [index, count] = [numberItem(a[0]), numberItem(a[1])];
	return {
		index,
		cell: count === 0 ? void 0 : {
			count,
			lat: numberItem(a[2]),
			lon: numberItem(a[3])
		}
	};
}
function measure(value) {
	return value === null || value === void 0 ? null : numberItem(value);
}
y$1(0);
// src/outside.ts
async function configured() {
	try {
		return parseConfig(await (await fetch(at("config.json"), { signal: AbortSignal.timeout(1e4) })).text());
	} catch {
		return {
			kind: "builtin",
			style: "",
			dark: "",
			attribution: "",
			city: false,
			timezone: "",
			login: "",
			shop: {
				name: "",
				color: "",
				logo: ""
			}
		};
	}
}
function connect(protocols, ear) {
	const url = new URL("ws", root);
	url.protocol = url.protocol.replace("http", "ws");
	const socket = new WebSocket(url, protocols);
	socket.addEventListener("open", () => ear.open());
	socket.addEventListener("message", (event) => ear.message(String(event.data)));
	socket.addEventListener("close", (event) => ear.close(event.code));
	return socket;
}
function mapRequest(url, token) {
	return url.startsWith(at("map/")) && token !== void 0 ? {
		url,
		headers: { Authorization: `Bearer ${token}` }
	} : {
		url,
		headers: {}
	};
}
// src/stream.ts
var silence = 25e3;
var firstWait = 500;
var longestWait = 3e4;
var closeCodes = /* @__PURE__ */ new Map([[4401, "expired"], [4403, "revoked"]]);
var settled = 1e4;
var Stream = class {
	outside;
	picture;
	changed;
	connection = { state: "connecting" };
	socket;
	attempt = 0;
	opened;
	named = false;
	failures = 0;
	bye;
	asked = 0;
	cancelTimer = () => {};
	reply;
	constructor(outside, picture, changed) {
		this.outside = outside;
		this.picture = picture;
		this.changed = changed;
	}
	open() {
		this.dismiss();
		if (this.connection.state !== "lost") this.become({ state: "connecting" });
		const token = this.outside.token();
		this.attempt += 1;
		this.opened = void 0;
		this.named = false;
		this.bye = void 0;
		this.socket = this.outside.connect(token ? ["peyk.v1.json", `bearer.${token}`] : ["peyk.v1.json"], this.ear());
		this.wait(silence, () => void this.closed());
	}
	wake() {
		if (this.connection.state === "lost") this.open();
		else if (this.connection.state === "live" && this.outside.now() - this.connection.heard > silence) this.lose();
	}
	offer(token) {
		this.answer("away");
		if (this.connection.state !== "live" || !this.socket) return Promise.resolve("away");
		this.socket.send(tell(token));
		return new Promise((reply) => this.reply = reply);
	}
	end(why) {
		this.dismiss();
		this.attempt += 1;
		this.become({
			state: "refused",
			why
		});
	}
	ear() {
		const attempt = this.attempt;
		const current = () => attempt === this.attempt && this.socket !== void 0;
		return {
			open: () => current() && this.socket?.send(watch(this.picture.have())),
			message: (text) => current() && this.take(text),
			close: (code) => current() && void this.closed(code)
		};
	}
	take(text) {
		const at = this.outside.now();
		let message;
		try {
			message = parse(text);
		} catch {
			this.lose();
			return;
		}
		if (message) this.apply(message, at);
		if (this.opened === void 0) return;
		if (at - this.opened > settled) this.failures = 0;
		this.wait(silence, () => this.lose());
		this.become({
			state: "live",
			heard: at
		});
	}
	apply(message, at) {
		if (message.type === "hello") this.opened = at;
		if (message.type === "bye") this.bye = message;
		if (message.type === "parts") this.name();
		if (message.type === "right") this.answer("taken");
		if (message.type === "error") this.answer("bad");
		if (this.picture.apply(message, at) === "gap") this.watchAgain(at);
	}
	name() {
		if (this.named) this.outside.renamed();
		this.named = true;
	}
	watchAgain(at) {
		if (at - this.asked < 1e3) return;
		this.asked = at;
		this.socket?.send(watch(this.picture.have()));
	}
	async closed(code) {
		const why = closeCodes.get(code) ?? closeCodes.get(this.bye?.code);
		if (why) return this.end(why);
		this.dismiss();
		const opened = this.opened !== void 0;
		if (opened) this.lose();
		const attempt = this.attempt;
		const standing = await this.outside.standing();
		if (attempt !== this.attempt) return;
		if (standing !== "welcome" && standing !== "unreachable") this.end(standing);
		else if (!opened) this.lose();
	}
	answer(reply) {
		this.reply?.(reply);
		this.reply = void 0;
	}
	lose() {
		this.dismiss();
		this.picture.lost();
		const now = this.outside.now();
		const pause = this.bye ? this.bye.after : this.backOff();
		this.bye = void 0;
		const since = this.connection.state === "lost" ? this.connection.since : now;
		this.become({
			state: "lost",
			since,
			retry: now + pause
		});
		this.wait(pause, () => this.open());
	}
	backOff() {
		const pause = Math.min(longestWait, firstWait * 2 ** this.failures);
		this.failures += 1;
		return pause * (.5 + this.outside.random());
	}
	dismiss() {
		this.cancelTimer();
		this.answer("away");
		const socket = this.socket;
		this.socket = void 0;
		socket?.close();
	}
	wait(milliseconds, call) {
		this.cancelTimer();
		this.cancelTimer = this.outside.after(milliseconds, call);
	}
	become(connection) {
		this.connection = connection;
		this.changed(connection);
	}
};
// src/track/link.ts
var key = "peyk.order";
function secret() {
	const given = decode(location.hash.slice(1));
	if (given === "") return chosen() === void 0 ? localStorage.getItem(key) ?? void 0 : void 0;
	if (!couldBe(given)) return given;
	localStorage.setItem(key, given);
	return given;
}
function forget(over) {
	if (over !== void 0 && localStorage.getItem(key) === over) localStorage.removeItem(key);
}
function chosen() {
	return new URLSearchParams(location.search).get("order") ?? void 0;
}
function decode(text) {
	try {
		return decodeURIComponent(text).trim();
	} catch {
		return text;
	}
}
var words = {
	en: {
		title: "Your order",
		of: (shop) => `Your order from ${shop}`,
		order: (id) => `Order ${id}`,
		orders: "Your orders",
		steps: {
			created: "Received",
			assigned: "Courier found",
			picked_up: "On the way",
			delivered: "Delivered"
		},
		progress: "How far your order is",
		headline: {
			created: "Your order is being prepared",
			assigned: "A courier will pick up your order",
			picked_up: "Your order is on the way",
			delivered: "Delivered",
			cancelled: "Your order was cancelled",
			failed: "Your order could not be delivered"
		},
		why: {
			created: "You will see the courier here when it is on the way to you.",
			assigned: "You will see it here when it is on the way to you.",
			hidden: "The courier may bring another order first. You will see it here when it comes to you.",
			delivered: "Thank you for your order.",
			cancelled: "No courier is coming any more.",
			failed: "The shop knows, and can help you."
		},
		before: (n, one) => one ? "It brings one other order first." : `It brings ${n} other orders first.`,
		arrives: "Arrives in",
		minutes: (from, to) => `${from} to ${to} minutes`,
		within: (to) => `less than ${to} minutes`,
		hours: (from, to) => `${from} to ${to} hours`,
		promised: "Promised by",
		late: (time) => `${time}, it is later than that now`,
		at: (time) => `at ${time}`,
		to: "To",
		courier: "Courier",
		code: "Your code",
		codeWhy: "Tell it to the courier at the door, not before.",
		callCourier: "Call the courier",
		callNamed: (name) => `Call ${name}`,
		callShop: "Call the shop",
		area: "The courier is somewhere in the circle",
		seen: (age) => `Position of ${age} ago`,
		connecting: "Connecting…",
		live: "Live",
		lost: "No connection",
		asOf: (time) => `No connection. This is as of ${time}.`,
		loading: "Looking for your order…",
		refused: {
			login: {
				title: "Log in to follow your order",
				why: "It is shown to who ordered it."
			},
			none: {
				title: "Here you can follow your order",
				why: "Open the link that the shop sent you."
			},
			unknown: {
				title: "This link does not work",
				why: "Please open the whole link that the shop sent you, or ask the shop for a new one."
			},
			expired: {
				title: "This link is over",
				why: "Links end some time after the order. Ask the shop if something is missing."
			},
			revoked: {
				title: "This link was withdrawn",
				why: "The shop took it back. Ask the shop for a new one."
			},
			gone: {
				title: "There is no such order",
				why: "Please open the link that the shop sent you, or ask the shop."
			},
			missing: {
				title: "There is no such order of yours",
				why: "If it is new, it appears here by itself in a minute or so."
			}
		},
		logIn: "Log in",
		map: "Map of your order",
		showBoth: "Show the courier and the destination",
		noMap: "The map did not come.",
		again: "Try again",
		demoCity: "Demo city: streets and names are invented",
		other: "فارسی"
	},
	fa: {
		title: "سفارش شما",
		of: (shop) => `سفارش شما از ${shop}`,
		order: (id) => `سفارش ${id}`,
		orders: "سفارش‌های شما",
		steps: {
			created: "ثبت شد",
			assigned: "پیک پیدا شد",
			picked_up: "در راه",
			delivered: "تحویل شد"
		},
		progress: "سفارش شما تا کجا رسیده است",
		headline: {
			created: "سفارش شما در حال آماده شدن است",
			assigned: "پیک برای گرفتن سفارش شما می‌رود",
			picked_up: "سفارش شما در راه است",
			delivered: "تحویل شد",
			cancelled: "سفارش شما لغو شد",
			failed: "سفارش شما تحویل نشد"
		},
		why: {
			created: "وقتی پیک به سوی شما راه بیفتد، اینجا دیده می‌شود.",
			assigned: "وقتی به سوی شما راه بیفتد، اینجا دیده می‌شود.",
			hidden: "شاید پیک نخست سفارش دیگری را برساند. وقتی به سوی شما بیاید، اینجا دیده می‌شود.",
			delivered: "از سفارش شما سپاس‌گزاریم.",
			cancelled: "دیگر پیکی در راه نیست.",
			failed: "فروشگاه خبر دارد و کمکتان می‌کند."
		},
		before: (n, one) => one ? "نخست یک سفارش دیگر را می‌رساند." : `نخست ${n} سفارش دیگر را می‌رساند.`,
		arrives: "زمان رسیدن",
		minutes: (from, to) => `${from} تا ${to} دقیقهٔ دیگر`,
		within: (to) => `کمتر از ${to} دقیقهٔ دیگر`,
		hours: (from, to) => `${from} تا ${to} ساعت دیگر`,
		promised: "قرار تحویل",
		late: (time) => `${time}؛ از آن گذشته است`,
		at: (time) => `ساعت ${time}`,
		to: "نشانی",
		courier: "پیک",
		code: "کد شما",
		codeWhy: "آن را دمِ در به پیک بگویید، نه زودتر.",
		callCourier: "تماس با پیک",
		callNamed: (name) => `تماس با ${name}`,
		callShop: "تماس با فروشگاه",
		area: "پیک جایی در این دایره است",
		seen: (age) => `موقعیتِ ${age} پیش`,
		connecting: "در حال اتصال…",
		live: "زنده",
		lost: "ارتباط نیست",
		asOf: (time) => `ارتباط نیست. این تصویرِ ${time} است.`,
		loading: "در جست‌وجوی سفارش شما…",
		refused: {
			login: {
				title: "برای دنبال کردن سفارش وارد شوید",
				why: "سفارش به کسی نشان داده می‌شود که آن را داده است."
			},
			none: {
				title: "اینجا سفارشتان را دنبال می‌کنید",
				why: "لینکی را که فروشگاه برایتان فرستاده است باز کنید."
			},
			unknown: {
				title: "این لینک درست نیست",
				why: "لطفاً لینک را کامل باز کنید، یا از فروشگاه لینک تازه بخواهید."
			},
			expired: {
				title: "این لینک به پایان رسیده است",
				why: "لینک‌ها مدتی پس از سفارش به پایان می‌رسند. اگر چیزی کم است از فروشگاه بپرسید."
			},
			revoked: {
				title: "این لینک پس گرفته شد",
				why: "فروشگاه آن را باطل کرده است. لینک تازه بخواهید."
			},
			gone: {
				title: "چنین سفارشی نیست",
				why: "لطفاً لینکی را که فروشگاه فرستاده است باز کنید، یا از فروشگاه بپرسید."
			},
			missing: {
				title: "چنین سفارشی ندارید",
				why: "اگر تازه است، تا یکی دو دقیقهٔ دیگر خودش اینجا می‌آید."
			}
		},
		logIn: "ورود",
		map: "نقشهٔ سفارش شما",
		showBoth: "نمایش پیک و مقصد",
		noMap: "نقشه بارگیری نشد.",
		again: "تلاش دوباره",
		demoCity: "شهر نمایشی: خیابان‌ها و نام‌ها ساختگی‌اند",
		other: "English"
	}
};
// src/track/page.ts
var page_exports = /* @__PURE__ */ __exportAll({
	aside: () => 412,
	city: () => city,
	connection: () => connection,
	drawn: () => drawn,
	ground: () => ground,
	hasSecret: () => hasSecret,
	heard: () => heard,
	here: () => here,
	language: () => language,
	loaded: () => loaded,
	login: () => login,
	now: () => now,
	order: () => order,
	orders: () => orders,
	picked: () => picked,
	shop: () => shop$1,
	strayed: () => strayed,
	text: () => text,
	theme: () => theme,
	wantsMap: () => wantsMap,
	wide: () => wide
});
var text = O(() => words[language.value]);
var orders = y$1([]);
var picked = y$1(chosen());
var order = O(() => picked.value === void 0 ? orders.value[0] : orders.value.find(({ id }) => id === picked.value));
var loaded = y$1(false);
var hasSecret = y$1(false);
var login = y$1("");
var connection = y$1({ state: "connecting" });
var heard = y$1(0);
var now = y$1(Date.now());
var here = O(() => ({
	language: language.value,
	timezone: timezone.value,
	now: now.value
}));
var ground = y$1("waiting");
var city = y$1(false);
var drawn = y$1("not");
var strayed = y$1(false);
var wideness = matchMedia("(min-width: 800px)");
var wide = y$1(wideness.matches);
wideness.addEventListener("change", (event) => wide.value = event.matches);
var wantsMap = O(() => order.value !== void 0 && order.value.ended === void 0 && (order.value.destination?.spot ?? order.value.courier) !== void 0);
// src/track/hook.ts
function offerHook(told, map) {
	window.track = {
		connection: () => connection.peek().state,
		settled: () => map()?.settled ?? false,
		courier: () => map()?.courier,
		remembered: () => [...told.all(), ...orders.peek()].some(({ courier }) => courier !== void 0) || map()?.courier !== void 0
	};
}
// src/events.ts
var Cutter = class {
	rest = "";
	take(piece) {
		const blocks = (this.rest + piece).split("\n\n");
		this.rest = blocks.pop();
		return blocks.flatMap((block) => {
			const lines = block.split("\n").filter((line) => line.startsWith("data:"));
			return lines.length > 0 ? [lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n")] : [];
		});
	}
};
function listen(url, token, ear) {
	const end = new AbortController();
	read(url, token, ear, end.signal).then((code) => ear.close(code));
	return {
		send: () => {},
		close: () => end.abort()
	};
}
async function read(url, token, ear, signal) {
	try {
		const headers = token === void 0 ? {} : { Authorization: `Bearer ${token}` };
		const answer = await fetch(url, {
			headers,
			cache: "no-store",
			signal
		});
		if (!answer.ok || !answer.body) return broken;
		ear.open();
		const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
		const cutter = new Cutter();
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return broken;
			for (const data of cutter.take(value)) ear.message(data);
		}
	} catch {
		return broken;
	}
}
var broken = 1006;
// src/track/line.ts
var tries = 2;
var Line$1 = class {
	token;
	failed = 0;
	works = false;
	constructor(token) {
		this.token = token;
	}
	open(protocols, ear) {
		if (!this.works && this.failed >= tries) {
			this.failed = 1;
			return listen(at("api/v1/stream"), this.token(), ear);
		}
		this.failed += 1;
		return connect(protocols, {
			...ear,
			message: (text) => this.hear(text, ear)
		});
	}
	hear(text, ear) {
		this.works = true;
		ear.message(text);
	}
};
// \0vite/preload-helper.js
var scriptRel = /* @__PURE__ */ (function detectScriptRel() {
	const relList = typeof document !== "undefined" && document.createElement("link").relList;
	return relList && relList.supports && relList.supports("modulepreload") ? "modulepreload" : "preload";
})();
var assetsURL = function(dep, importerUrl) {
	return new URL(dep, importerUrl).href;
};
var seen = {};
var isCssPreloadUrl = function isCssPreloadUrl(url) {
	return url.pathname.endsWith(".css");
};
var preloadOnce = function preloadOnce(seen, href, preload) {
	if (href in seen) return seen[href];
	const promise = preload();
	if (!promise) {
		seen[href] = void 0;
		return;
	}
	const preloadPromise = promise.then(() => {
		seen[href] = void 0;
	}, (err) => {
		seen[href] = void 0;
		throw err;
	});
	seen[href] = preloadPromise;
	return preloadPromise;
};
var __vitePreload = function preload(baseModule, deps, importerUrl) {
	let promise = Promise.resolve();
	if (deps && deps.length > 0) {
		let preloadedHrefs;
		const cspNonceMeta = document.querySelector("meta[property=csp-nonce]");
		const cspNonce = cspNonceMeta?.nonce || cspNonceMeta?.getAttribute("nonce");
		function allSettled(promises) {
			return Promise.all(promises.map((p) => Promise.resolve(p).then((value) => ({
				status: "fulfilled",
				value
			}), (reason) => ({
				status: "rejected",
				reason
			}))));
		}
		function importMetaResolve(specifier) {
			if (import.meta.resolve) return new URL(import.meta.resolve(specifier));
			return new URL(specifier, import.meta.url);
		}
		promise = allSettled(deps.map((depString) => {
			depString = assetsURL(depString, importerUrl);
			const dep = importMetaResolve(depString);
			const isCss = isCssPreloadUrl(dep);
			return preloadOnce(seen, dep.href, () => {
				if (preloadedHrefs === void 0) {
					preloadedHrefs = {
						all: /* @__PURE__ */ new Set(),
						styles: /* @__PURE__ */ new Set()
					};
					const links = document.getElementsByTagName("link");
					for (let i = links.length - 1; i >= 0; i--) {
						const link = links[i];
						preloadedHrefs.all.add(link.href);
						if (link.rel === "stylesheet") preloadedHrefs.styles.add(link.href);
					}
				}
				if ((isCss ? preloadedHrefs.styles : preloadedHrefs.all).has(dep.href)) return;
				const link = document.createElement("link");
				link.rel = isCss ? "stylesheet" : scriptRel;
				if (!isCss) link.as = "script";
				link.crossOrigin = "";
				link.href = dep.href;
				if (cspNonce) link.setAttribute("nonce", cspNonce);
				document.head.appendChild(link);
				if (isCss) return new Promise((res, rej) => {
					const handleSettle = (e) => {
						link.removeEventListener("load", handleSettle);
						link.removeEventListener("error", handleSettle);
						if (e.type === "error") rej(/* @__PURE__ */ new Error(`Unable to preload CSS for ${dep}`));
						else res(e);
					};
					link.addEventListener("load", handleSettle);
					link.addEventListener("error", handleSettle);
				});
			});
		}).filter((p) => p !== void 0));
	}
	function handlePreloadError(err) {
		const e = new Event("vite:preloadError", { cancelable: true });
		e.payload = err;
		window.dispatchEvent(e);
		if (!e.defaultPrevented) throw err;
	}
	return promise.then((res) => {
		for (const item of res || []) {
			if (item.status !== "rejected") continue;
			handlePreloadError(item.reason);
		}
		return baseModule().catch(handlePreloadError);
	});
};
// src/track/shown.ts
var pin = 28;
var Shown = class {
	map;
	config;
	token;
	loading = false;
	undo = [];
	constructor(config, token) {
		this.config = config;
		this.token = token;
	}
	keep(box) {
		x(() => {
			if (!wantsMap.value) this.end();
			else if (!this.map && !this.loading) this.begin(box);
		});
	}
	async begin(box) {
		this.loading = true;
		try {
			await quiet$1();
			const [{ TrackMap, Ground }, config] = await Promise.all([
				__vitePreload(() => import("./track-map.js"), [], import.meta.url),
				this.config,
				sheet("maplibre-gl.css")
			]);
			if (!wantsMap.peek()) return;
			const request = (url) => mapRequest(url, this.token());
			this.map = new TrackMap(box, theme.peek(), request, (touched) => strayed.value = touched);
			this.follow(this.map);
			new Ground(this.map, config, {
				...page_exports,
				request
			}).lay();
			drawn.value = "yes";
		} catch {
			drawn.value = "failed";
		} finally {
			this.loading = false;
		}
	}
	follow(map) {
		this.undo = [
			x(() => {
				const { wide, language } = page_exports;
				const aside$1 = wide.value ? 412 : 0;
				map.leave({
					top: pin,
					bottom: 0,
					left: language.value === "fa" ? 0 : aside$1,
					right: language.value === "fa" ? aside$1 : 0
				});
			}),
			x(() => map.show(order.value?.destination?.spot, order.value?.courier)),
			x(() => map.stale(connection.value.state !== "live")),
			x(() => map.speak(text.value.map))
		];
	}
	end() {
		for (const undo of this.undo.splice(0)) undo();
		this.map?.remove();
		this.map = void 0;
		drawn.value = "not";
		strayed.value = false;
	}
};
function quiet$1() {
	return new Promise((done) => {
		if ("requestIdleCallback" in window) requestIdleCallback(() => done(), { timeout: 2e3 });
		else setTimeout(done, 300);
	});
}
function sheet(path) {
	const href = at(path);
	if (document.head.querySelector(`link[href="${href}"]`)) return Promise.resolve();
	const link = Object.assign(document.createElement("link"), {
		rel: "stylesheet",
		href
	});
	return new Promise((done, fail) => {
		link.addEventListener("load", () => done());
		link.addEventListener("error", () => fail(/* @__PURE__ */ new Error("the style sheet of the map did not come")));
		document.head.append(link);
	});
}
// src/clock.ts
var quiet = 15e3;
var FrameClock = class {
	ahead;
	heard = 0;
	stopped = false;
	reset() {
		this.ahead = void 0;
	}
	hear(version, at) {
		const ahead = version - at;
		if (this.ahead === void 0 || ahead > this.ahead) this.ahead = ahead;
		this.heard = at;
		this.stopped = false;
	}
	stop() {
		this.stopped = true;
	}
	now(at) {
		if (this.ahead === void 0) return void 0;
		return this.ahead + Math.min(at, this.heard + (this.stopped ? 0 : quiet));
	}
};
// src/track/told.ts
var Told = class {
	clock = new FrameClock();
	orders = /* @__PURE__ */ new Map();
	parts = /* @__PURE__ */ new Map();
	named = [];
	holders = /* @__PURE__ */ new Map();
	writes = 0;
	all() {
		const all = [...this.orders.values()];
		return [...all.filter(({ state }) => !hasEnded(state)), ...all.filter(({ state }) => hasEnded(state))];
	}
	have() {}
	apply(message, at) {
		if (message.type === "hello") this.clock.reset();
		if ("version" in message) this.clock.hear(message.version, at);
		if (message.type === "parts") this.watch(message);
		if (message.type === "frame") this.take(message, at);
		if (message.type === "upto") this.settle();
		return "applied";
	}
	lost() {
		this.clock.stop();
	}
	ask() {
		const asked = this.writes;
		return (orders) => {
			if (asked !== this.writes) return;
			this.orders.clear();
			for (const order of orders) this.orders.set(order.id, order);
		};
	}
	tire() {
		for (const [id, order] of this.orders) this.orders.set(id, {
			...order,
			courier: void 0,
			eta: void 0,
			stops: void 0
		});
	}
	clear() {
		for (const [id, { state, ended }] of this.orders) if (hasEnded(state)) this.orders.set(id, bare(id, state, ended));
		else this.orders.delete(id);
		this.parts.clear();
		this.holders.clear();
		this.writes++;
	}
	watch({ parts, more }) {
		this.named.push(...parts);
		if (more) return;
		this.parts = new Map(this.named.map(({ number, part }) => [number, part]));
		this.named = [];
		const kept = new Set(this.parts.values());
		for (const part of this.holders.keys()) if (!kept.has(part)) this.drop(part);
		this.writes++;
	}
	drop(part) {
		this.orders.delete(this.holders.get(part) ?? "");
		this.holders.delete(part);
	}
	take({ part: number, to, order }, at) {
		const part = this.parts.get(number);
		this.clock.hear(to, at);
		if (part === void 0 || !order) return;
		this.writes++;
		if (order === "unknown") return this.drop(part);
		this.orders.set(order.id, order);
		this.holders.set(part, order.id);
	}
	settle() {
		const told = new Set(this.holders.values());
		for (const id of this.orders.keys()) if (!told.has(id)) this.orders.delete(id);
		this.writes++;
	}
};
function bare(id, state, ended) {
	return {
		id,
		state,
		ended,
		destination: void 0,
		promised: void 0,
		eta: void 0,
		stops: void 0,
		courier: void 0,
		code: "",
		shopPhone: "",
		phone: ""
	};
}
// node_modules/preact/jsx-runtime/dist/jsxRuntime.mjs
var f = Symbol.for("pv");
var o = 0;
Array.isArray;
function a(t, e, n, u, a, i) {
	e || (e = {});
	var c, l, p = e;
	if ("ref" in p && "function" != typeof t) for (l in p = {}, e) "ref" == l ? c = e[l] : p[l] = e[l];
	var s = {
		type: t,
		props: p,
		key: n,
		ref: c,
		__k: null,
		__: null,
		__b: 0,
		__e: null,
		__c: null,
		constructor: f,
		__v: --o,
		__i: -1,
		__u: 0
	};
	return (a || i) && (s.__source = a, s.__self = i), n$1.vnode && n$1.vnode(s), s;
}
// src/icon.tsx
var icons = {
	close: "M4 4l8 8M12 4l-8 8",
	plus: "M8 3v10M3 8h10",
	minus: "M3 8h10",
	all: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
	menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
	search: "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.4 10.4l3.1 3.1",
	start: "M9.5 3.5L5 8l4.5 4.5",
	list: "M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.5M2.5 8h.5M2.5 12h.5",
	follow: "M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
	copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
	link: "M6.5 9.5l3-3M7 4.5l1.7-1.7a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.7 1.7a3.2 3.2 0 0 1-4.5-4.5L4.5 7",
	person: "M8 2.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2M2.8 13.5c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4",
	orders: "M2.5 5l5.5-2.5 5.5 2.5v6l-5.5 2.5-5.5-2.5zM2.5 5l5.5 2.5 5.5-2.5M8 7.5v6",
	couriers: "M6 3a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 1 0 0-4.4M1.5 13c.4-2.5 2.1-3.7 4.5-3.7s4.1 1.2 4.5 3.7M10.6 3.2a2.2 2.2 0 0 1 0 4M12.2 9.8c1.3.5 2.1 1.6 2.3 3.2",
	bin: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5",
	edit: "M10.5 3l2.5 2.5L6 12.5l-3.2.7.7-3.2z",
	call: "M3 2.5h2.6l1.2 3-1.5 1.2a8 8 0 0 0 4 4l1.2-1.5 3 1.2V13a1 1 0 0 1-1.1 1A10.9 10.9 0 0 1 2 3.6A1 1 0 0 1 3 2.5z"
};
function Icon({ of }) {
	return /* @__PURE__ */ a("svg", {
		viewBox: "0 0 16 16",
		width: "16",
		height: "16",
		"aria-hidden": "true",
		class: `icon icon-${of}`,
		children: /* @__PURE__ */ a("path", {
			d: icons[of],
			fill: "none",
			stroke: "currentColor",
			"stroke-width": "1.5",
			"stroke-linecap": "round",
			"stroke-linejoin": "round"
		})
	});
}
// src/fold.ts
var digits$1 = /[٠-٩۰-۹]/g;
var letters = {
	ي: "ی",
	ى: "ی",
	ك: "ک",
	ة: "ه",
	ە: "ه",
	ہ: "ه",
	ـ: ""
};
var others = new RegExp(`[${Object.keys(letters).join("")}]`, "g");
var unseen = /[\p{M}\p{Cf}]/gu;
function fold(text) {
	return text.normalize("NFKD").replace(unseen, "").replace(others, (letter) => letters[letter]).replace(digits$1, (digit) => String(digit.charCodeAt(0) & 15)).toLowerCase();
}
// src/phone.ts
function tel(phone) {
	return `tel:${fold(phone).replace(/[^+\d*#]/g, "")}`;
}
// src/text.ts
var locales = {
	en: "en-GB",
	fa: "fa-IR"
};
var units = {
	en: {
		s: "s",
		min: "min",
		h: "h",
		d: "d"
	},
	fa: {
		s: "ثانیه",
		min: "دقیقه",
		h: "ساعت",
		d: "روز"
	}
};
var formats = /* @__PURE__ */ new Map();
function digits(n, language, options = {}) {
	const key = `${language} ${JSON.stringify(options)}`;
	let format = formats.get(key);
	if (!format) formats.set(key, format = new Intl.NumberFormat(locales[language], options));
	return format.format(n);
}
function age(milliseconds, language) {
	const seconds = Math.max(0, Math.round(milliseconds / 1e3));
	const unit = units[language];
	if (seconds < 60) return `${digits(seconds, language)} ${unit.s}`;
	if (seconds < 3600) return `${digits(Math.floor(seconds / 60), language)} ${unit.min}`;
	if (seconds < 86400) return `${digits(Math.floor(seconds / 3600), language)} ${unit.h}`;
	return `${digits(Math.floor(seconds / 86400), language)} ${unit.d}`;
}
function date(milliseconds, language, timezone) {
	return moment$1(milliseconds, language, timezone, {
		dateStyle: "medium",
		timeStyle: "short"
	});
}
function hourAndMinute(milliseconds, language, timezone) {
	return moment$1(milliseconds, language, timezone, { timeStyle: "short" });
}
function day(milliseconds, language, timezone) {
	return moment$1(milliseconds, language, timezone, { dateStyle: "medium" });
}
function moment$1(milliseconds, language, timezone, style) {
	const zone = known(timezone) ? { timeZone: timezone } : {};
	return new Intl.DateTimeFormat(locales[language], {
		...style,
		...zone
	}).format(milliseconds);
}
function known(timezone) {
	if (timezone === "") return false;
	try {
		new Intl.DateTimeFormat("en", { timeZone: timezone }).format();
		return true;
	} catch {
		return false;
	}
}
// src/track/connection.tsx
var old = 45e3;
function Connection() {
	const t = text.value;
	const is = connection.value;
	const { now, timezone } = here.value;
	if (is.state === "refused") return null;
	if (is.state === "lost") return /* @__PURE__ */ a(Line, {
		kind: "lost",
		says: loaded.value ? t.asOf(hourAndMinute(heard.value, language.value, timezone)) : t.lost
	});
	if (is.state === "connecting") return loaded.value ? /* @__PURE__ */ a(Line, {
		kind: "",
		says: t.connecting
	}) : null;
	const stamp = order.value?.courier?.stamp;
	return /* @__PURE__ */ a(Line, {
		kind: "live",
		says: stamp !== void 0 && now - stamp > old ? t.seen(age(now - stamp, language.value)) : t.live
	});
}
function Line({ kind, says }) {
	return /* @__PURE__ */ a("p", {
		class: "connection muted",
		role: "status",
		children: [
			/* @__PURE__ */ a("span", { class: `dot ${kind}` }),
			" ",
			says
		]
	});
}
// src/track/say.ts
var halfDay = 432e5;
function headline(order, here) {
	const t = words[here.language];
	const title = t.headline[order.state];
	if (hasEnded(order.state)) return {
		title,
		why: [order.ended === void 0 ? "" : moment(order.ended, here), t.why[order.state]].filter(Boolean).join(" · ")
	};
	if (order.stops !== void 0 && order.stops > 0) return {
		title,
		why: t.before(digits(order.stops, here.language), order.stops === 1)
	};
	if (order.courier) return {
		title,
		why: ""
	};
	return {
		title,
		why: order.state === "picked_up" ? t.why.hidden : t.why[order.state]
	};
}
function window$1({ least, most }, language) {
	const t = words[language];
	if (most >= 120) return t.hours(digits(Math.max(1, Math.floor(least / 60)), language), digits(Math.ceil(most / 60), language));
	if (least <= 0) return t.within(digits(most, language));
	return t.minutes(digits(least, language), digits(most, language));
}
function promise(order, here) {
	if (order.promised === void 0 || hasEnded(order.state)) return void 0;
	const late = here.now > order.promised;
	const time = moment(order.promised, here);
	return {
		late,
		text: late ? words[here.language].late(time) : time
	};
}
function moment(at, { language, timezone, now }) {
	return Math.abs(at - now) < halfDay || day(at, language, timezone) === day(now, language, timezone) ? hourAndMinute(at, language, timezone) : date(at, language, timezone);
}
function step(order) {
	const at = steps.findIndex((each) => each === order.state);
	return at < 0 ? void 0 : at;
}
var steps = [
	"created",
	"assigned",
	"picked_up",
	"delivered"
];
// src/track/view.tsx
function View({ handles }) {
	const shown = order.value;
	return /* @__PURE__ */ a($, { children: [
		/* @__PURE__ */ a(Head, {}),
		/* @__PURE__ */ a(MapBox, { handles }),
		/* @__PURE__ */ a("main", {
			class: wantsMap.value ? "" : "alone",
			children: [
				shown ? /* @__PURE__ */ a(Order, { order: shown }) : /* @__PURE__ */ a(Nothing, {}),
				shown && orders.value.length > 1 && /* @__PURE__ */ a(Others, {}),
				/* @__PURE__ */ a(Connection, {})
			]
		})
	] });
}
function MapBox({ handles }) {
	const box = T(null);
	A$1(() => handles.keep(box.current), [handles]);
	const t = text.value;
	return /* @__PURE__ */ a("section", {
		class: "map",
		hidden: !wantsMap.value,
		"aria-label": t.map,
		children: [
			/* @__PURE__ */ a("div", { ref: box }),
			city.value && drawn.value === "yes" && /* @__PURE__ */ a("p", {
				class: "note",
				children: t.demoCity
			}),
			order.value?.courier?.exact === false && /* @__PURE__ */ a("p", {
				class: "note legend",
				children: t.area
			}),
			drawn.value === "failed" && /* @__PURE__ */ a("p", {
				class: "failed",
				children: [
					t.noMap,
					" ",
					/* @__PURE__ */ a("button", {
						onClick: () => location.reload(),
						children: t.again
					})
				]
			}),
			strayed.value && /* @__PURE__ */ a("button", {
				class: "both",
				"aria-label": t.showBoth,
				title: t.showBoth,
				onClick: () => handles.showBoth(),
				children: /* @__PURE__ */ a(Icon, { of: "all" })
			})
		]
	});
}
function Head() {
	const { name, logo } = shop$1.value;
	const other = language.value === "fa" ? "en" : "fa";
	return /* @__PURE__ */ a("header", { children: [
		logo !== "" && /* @__PURE__ */ a("img", {
			src: at(logo),
			alt: "",
			height: "28"
		}),
		/* @__PURE__ */ a("strong", { children: /* @__PURE__ */ a("bdi", { children: name || text.value.title }) }),
		/* @__PURE__ */ a("button", {
			lang: other,
			onClick: () => speak(other),
			children: text.value.other
		})
	] });
}
function Order({ order: shown }) {
	const t = text.value;
	const { title, why } = headline(shown, here.value);
	return /* @__PURE__ */ a("article", { children: [
		/* @__PURE__ */ a("div", {
			role: "status",
			children: [
				/* @__PURE__ */ a("h1", {
					class: shown.state,
					children: title
				}),
				shown.eta && /* @__PURE__ */ a("p", {
					class: connection.value.state === "lost" ? "eta old" : "eta",
					children: [
						/* @__PURE__ */ a("span", {
							class: "muted",
							children: t.arrives
						}),
						" ",
						/* @__PURE__ */ a("strong", { children: window$1(shown.eta, language.value) })
					]
				}),
				why !== "" && /* @__PURE__ */ a("p", {
					class: "muted",
					children: why
				})
			]
		}),
		/* @__PURE__ */ a(Steps, { order: shown }),
		shown.code !== "" && shown.ended === void 0 && /* @__PURE__ */ a(Code, { code: shown.code }),
		/* @__PURE__ */ a(Facts, { order: shown }),
		/* @__PURE__ */ a(Calls, { order: shown })
	] });
}
function Steps({ order: shown }) {
	const reached = step(shown);
	if (reached === void 0) return null;
	return /* @__PURE__ */ a("ol", {
		class: "steps",
		"aria-label": text.value.progress,
		children: steps.map((each, i) => /* @__PURE__ */ a("li", {
			class: i <= reached ? "done" : "",
			...i === reached && { "aria-current": "step" },
			children: text.value.steps[each]
		}, each))
	});
}
function Code({ code }) {
	return /* @__PURE__ */ a("section", {
		class: "code",
		children: [
			/* @__PURE__ */ a("h2", { children: text.value.code }),
			/* @__PURE__ */ a("p", { children: /* @__PURE__ */ a("bdi", { children: localized(code) }) }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: text.value.codeWhy
			})
		]
	});
}
function localized(code) {
	return /^\d+$/.test(code) ? code.replace(/\d/g, (digit) => digits(Number(digit), language.value)) : code;
}
function Facts({ order: shown }) {
	const t = text.value;
	const promised = promise(shown, here.value);
	const said = [
		[
			t.promised,
			promised?.text ?? "",
			promised?.late ? "late" : ""
		],
		[
			t.to,
			shown.destination?.address ?? "",
			""
		],
		[
			t.courier,
			shown.courier?.name ?? "",
			""
		]
	].filter(([, value]) => value !== "");
	if (said.length === 0) return null;
	return /* @__PURE__ */ a("dl", { children: said.map(([name, value, kind]) => /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("dt", { children: name }), /* @__PURE__ */ a("dd", {
		class: kind,
		children: /* @__PURE__ */ a("bdi", { children: value })
	})] }, name)) });
}
function Calls({ order: shown }) {
	const t = text.value;
	const name = shown.courier?.name ?? "";
	if (shown.phone === "" && shown.shopPhone === "") return null;
	return /* @__PURE__ */ a("p", {
		class: "calls",
		children: [shown.phone !== "" && /* @__PURE__ */ a("a", {
			class: "primary",
			href: tel(shown.phone),
			children: [
				/* @__PURE__ */ a(Icon, { of: "call" }),
				" ",
				name === "" ? t.callCourier : t.callNamed(name)
			]
		}), shown.shopPhone !== "" && /* @__PURE__ */ a("a", {
			class: "soft",
			href: tel(shown.shopPhone),
			children: [
				/* @__PURE__ */ a(Icon, { of: "call" }),
				" ",
				t.callShop
			]
		})]
	});
}
function Others() {
	return /* @__PURE__ */ a("nav", {
		"aria-label": text.value.orders,
		children: orders.value.map(({ id }) => /* @__PURE__ */ a("button", {
			"aria-current": id === order.value?.id,
			onClick: () => picked.value = id,
			children: /* @__PURE__ */ a("bdi", { children: text.value.order(id) })
		}, id))
	});
}
function Nothing() {
	const t = text.value;
	const reason = reasonOf();
	if (reason === void 0) return /* @__PURE__ */ a("p", {
		class: "muted waiting",
		children: t.loading
	});
	return /* @__PURE__ */ a("div", {
		class: "article",
		role: "status",
		children: [
			/* @__PURE__ */ a("h1", { children: t.refused[reason].title }),
			/* @__PURE__ */ a("p", {
				class: "muted",
				children: t.refused[reason].why
			}),
			reason === "login" && /* @__PURE__ */ a("p", {
				class: "calls",
				children: /* @__PURE__ */ a("a", {
					class: "primary",
					href: wayIn(login.value),
					children: t.logIn
				})
			})
		]
	});
}
function reasonOf() {
	const is = connection.value;
	if (is.state !== "refused") {
		if (!loaded.value) return void 0;
		if (hasSecret.value) return "gone";
		return chosen() === void 0 ? "none" : "missing";
	}
	if (!hasSecret.value) return login.value !== "" && chosen() !== void 0 ? "login" : "none";
	return is.why === "barred" ? "none" : is.why;
}
// src/track/main.tsx
var second = 1e3;
var tired = 12e4;
var Page = class {
	told = new Told();
	token = secret();
	line = new Line$1(() => this.token);
	stream;
	heard = performance.now();
	constructor() {
		hasSecret.value = this.token !== void 0;
		this.stream = new Stream({
			connect: (protocols, ear) => this.line.open(protocols, ear),
			standing: () => this.look(),
			renamed: () => {},
			token: () => this.token,
			now: () => performance.now(),
			after: (milliseconds, call) => {
				const timer = setTimeout(call, milliseconds);
				return () => clearTimeout(timer);
			},
			random: Math.random
		}, this.told, (connection) => this.become(connection));
	}
	start() {
		if (this.token === void 0 || couldBe(this.token)) {
			this.greet();
			this.stream.open();
		} else this.stream.end("unknown");
		setInterval(() => this.tick(), second);
		addEventListener("online", () => this.wake());
		document.addEventListener("visibilitychange", () => document.hidden || this.wake());
		addEventListener("hashchange", () => location.reload());
		const config = configured();
		const shown = new Shown(config, () => this.token);
		const handles = {
			keep: (box) => shown.keep(box),
			showBoth: () => shown.map?.showBoth()
		};
		config.then(({ shop, login: login$1, timezone: zone }) => {
			shop$1.value = shop;
			login.value = login$1;
			timezone.value = zone;
		});
		Q(/* @__PURE__ */ a(View, { handles }), document.getElementById("page"));
		offerHook(this.told, () => shown.map);
	}
	async greet() {
		const standing = await this.look();
		if (standing !== "welcome" && standing !== "unreachable") this.stream.end(standing);
	}
	async look() {
		const apply = this.told.ask();
		try {
			const answer = await request("track", this.token);
			const text = await answer.text();
			if (answer.status === 401 || answer.status === 403) return this.lost(parseDetail(text));
			if (!answer.ok) return "unreachable";
			apply(parseTrack(text));
			this.heard = performance.now();
			this.show(true);
			return "welcome";
		} catch {
			return "unreachable";
		}
	}
	lost(detail) {
		if (/expired/.test(detail)) return "expired";
		return loaded.peek() ? "revoked" : "unknown";
	}
	wake() {
		this.tick();
		if (connection.peek().state === "refused") return;
		this.stream.wake();
		this.greet();
	}
	become(connection$1) {
		if (connection$1.state === "refused") {
			this.told.clear();
			forget(this.token);
		}
		if (connection$1.state === "live") this.heard = connection$1.heard;
		r(() => {
			if (connection$1.state !== "live" || connection.peek().state !== "live") connection.value = connection$1;
			this.show(false);
		});
	}
	show(whole) {
		r(() => {
			orders.value = this.told.all();
			if (whole || orders.peek().length > 0) loaded.value = true;
			this.tick();
		});
	}
	tick() {
		const now$1 = performance.now();
		if (now$1 - this.heard > tired && this.told.all().some(({ courier }) => courier)) {
			this.told.tire();
			orders.value = this.told.all();
		}
		const ahead = (this.told.clock.now(now$1) ?? Date.now()) - now$1;
		now.value = Math.floor((now$1 + ahead) / second) * second;
		heard.value = this.heard + ahead;
	}
};
wear(() => shop$1.value.name === "" ? text.value.title : text.value.of(shop$1.value.name));
new Page().start();
keepShell("t");
export { O as a, parts as i, at as n, x as o, dark as r, __vitePreload as t };
