	.globl start
start:
	call get_more
