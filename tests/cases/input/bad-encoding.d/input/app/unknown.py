# -*- coding: klingon -*-
name = 1
