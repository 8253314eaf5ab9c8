#ifndef GREET_H
#define GREET_H

/* Says hello. */
void greet(const char *whom);
int port_of_the_day(void);

#endif
