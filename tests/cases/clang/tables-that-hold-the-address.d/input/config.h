struct config { int level; int width; };
extern struct config config_now;
extern struct config *config;
