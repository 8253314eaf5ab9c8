struct editor { int cx, cy; int cells[4]; };
struct window { struct editor own; struct editor *shown; };
struct tab { struct window *window; };

static struct editor E;

static void show(const struct editor *shown) { (void)shown; }

static int width(int a,int b)
{
    struct editor copy = E;
    struct editor *address = &E;
    int *cell = &E.cells[a & E.cx];
    copy.cx = b / E.cy + sizeof(E);
    E . cx ++;
    E = copy;
    if (a) E = *address;
    show(&E);
    show((const struct editor *)&E);
    return *cell + (a&E.cy) + E.cells[0];
}

static int both(struct window *window, int a) { return width(a,window->own.cx) + E.cx; }
static int one(struct tab *tab) { return E.cy + width(1,2); }

int main(void)
{
    struct window window = {0};
    struct tab tab = { &window };
    return width(1,2) + both(&window, 3) + one(&tab) + E.cx;
}
