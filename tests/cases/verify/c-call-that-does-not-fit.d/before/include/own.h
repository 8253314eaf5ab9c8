#include "../shelf.h"
