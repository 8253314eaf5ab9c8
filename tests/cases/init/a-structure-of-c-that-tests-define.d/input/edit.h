struct editor {
    int cx, cy;
};
extern struct screen {
    int rows;
} *screen;
int move(int by);
extern struct editor E;
