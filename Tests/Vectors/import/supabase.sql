--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
COPY auth.identities (id) FROM stdin;
x
\.

COPY auth.users (id, email, encrypted_password, email_confirmed_at, created_at, banned_until, deleted_at, raw_user_meta_data) FROM stdin;
11111111-1111-4111-8111-111111111111	ada@example.org	$2a$04$bYIjbBpeCKO4cf7URkkzauUX34W4WOjzNtURTCWzA7ddppIxqWnTq	2024-01-02 03:04:05.678901+00	2024-01-01 03:04:05+01:00	\N	\N	{"name": "Ada, \\"the\nfirst\\""}
22222222-2222-4222-8222-222222222222	bob@example.org	$2b$04$6WFqfcpbiXRKkKj4DriJ2.iHg0nv3HWFDQEh56Ub3qCu0W0w6KnhS	\N	2024-01-01 03:04:05+00	2099-01-01 00:00:00+00	\N	{}
33333333-3333-4333-8333-333333333333	carol@example.org		\N	2024-01-01 03:04:05+00	\N	\N	{}
44444444-4444-4444-8444-444444444444	dave@example.org	$2b$04$ZbarQP907qcDxkfaLlcTE.QHh1n3f2AX/oTMvitbMJeWHhRbPi82W	\N	2024-01-01 03:04:05+00	\N	2024-02-01 00:00:00+00	{}
\.

SELECT 1;
