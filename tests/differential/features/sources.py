"""Functions that read the settings themselves, in every place where an expression may stand."""
from features import feature


@feature
def reads(b):
    b.write("""
        def $f(key: str) -> str:
            return $settings.label(key)
        """, settings=b.settings())


@feature
def reads_twice(b):
    b.write("""
        def $f(key):
            return $settings.owner + key + $settings.title
        """, settings=b.settings())


@feature
def reads_after_import_inside(b):
    b.write("""
        def $f(key):
            from app.config import settings as inner
            return inner.owner + key
        """)


@feature
def reads_in_fstring(b):
    b.write("""
        def $f(key):
            return f"{$settings.owner!r:>12}|{$settings.level:{len(key)}}|{key=}"
        """, settings=b.settings())


@feature
def reads_in_comprehension(b):
    b.write("""
        def $f(key):
            return ",".join(c + $settings.owner for c in key if $settings.level)
        """, settings=b.settings())


@feature
def reads_in_lambda(b):
    b.write("""
        def $f(key):
            read = lambda: $settings.owner
            return key + read()
        """, settings=b.settings())


@feature
def reads_in_default(b):
    b.write("""
        def pad$n(key, owner=$settings.owner):
            return key + owner


        def $f(key):
            return pad$n(key) + pad$n(key, "x")
        """, settings=b.settings())


@feature
def reads_in_loop(b):
    b.write("""
        def $f(key):
            out = []
            for letter in key:
                out.append(letter + $settings.owner)
            else:
                out.append(str($settings.level))
            return "".join(out)
        """, settings=b.settings())


@feature
def changes_a_list(b):
    b.write("""
        def $f(key):
            $settings.seen.append(key)
            return f"{key}{len($settings.seen)}"
        """, settings=b.settings())


@feature
def changes_a_number(b):
    b.write("""
        def $f(key):
            $settings.level += 1
            return f"{key}{$settings.level}"
        """, settings=b.settings())


@feature
def reads_in_walrus(b):
    b.write("""
        def $f(key):
            if (owner := $settings.owner) and key not in owner:
                return owner + key
            return "none"
        """, settings=b.settings())


@feature
def reads_in_one_line(b):
    b.write("""
        def $f(key): return $settings.owner if key else ""
        """, settings=b.settings())


@feature
def reads_in_match(b):
    b.write("""
        def $f(key):
            match $settings.owner:
                case "red" | "blue" as color if $settings.level:
                    return color + key
                case other:
                    return other[:1] + key
        """, settings=b.settings())


@feature
def reads_in_try(b):
    b.write("""
        def $f(key):
            try:
                return {"a": 1}[key] + $settings.owner
            except KeyError as error:
                return f"{error.args[0]}{$settings.owner}"
            finally:
                $settings.seen.append(key)
        """, settings=b.settings())


@feature
def reads_in_nested_function(b):
    b.write("""
        def $f(key):
            def inner(extra=$settings.level):
                return f"{$settings.owner}{extra}"
            return key + inner()
        """, settings=b.settings())


@feature
def reads_by_name(b):
    b.write("""
        def $f(key):
            return key + getattr($settings, "owner") + str(hasattr($settings, key))
        """, settings=b.settings())


@feature
def reads_for_stars(b):
    b.write("""
        def $f(key):
            def show(*parts, **named):
                return repr((parts, named))
            return show(*$settings.owner[:2], key, **{"owner": $settings.owner})
        """, settings=b.settings())


@feature
def keeps_in_local(b):
    b.write("""
        def $f(key):
            conf = $settings
            conf.seen.append(key)
            return conf.label(key) + str(len(conf.seen))
        """, settings=b.settings())


@feature
def named_at_import(b):
    b.write("""
        conf$n = $settings


        def $f(key):
            return conf$n.label(key)
        """, settings=b.settings())


@feature
def value_at_import(b):
    b.write("""
        OWNER$n = $settings.owner


        def $f(key):
            return OWNER$n + key
        """, settings=b.settings())


@feature
def memo(b):
    b.write("""
        _memo$n = {}


        def $f(key):
            if key not in _memo$n:
                _memo$n[key] = $settings.label(key)
            return _memo$n[key]
        """, settings=b.settings())


@feature
def function_sink(b):
    b.rule('{ id: own$n, family: memory, function: MODULE.own$n }'.replace("$n", str(b.step.number)))
    b.write("""
        def own$n(key):
            return "own" + $a(key)


        def $f(key):
            return own$n(key)
        """, a=b.use())
