-- The roles of the database. Run once by a superuser (or a role that may create roles) on each
-- PostgreSQL server; running it again changes nothing. Passwords are set by whoever runs the server.
--
-- sroi_owner  owns the tables, migrates, and creates the databases of the tests
-- sroi_login  what web and workers sign in as; may do nothing until it acts as one of the others
-- sroi_web, sroi_worker, sroi_public, sroi_link  what a request or a task acts as (core/acting.py)

DO $$
DECLARE
    role_name text;
    member text;
    members text[] := ARRAY['sroi_login', 'sroi_owner'];
BEGIN
    FOREACH role_name IN ARRAY ARRAY['sroi_web', 'sroi_worker', 'sroi_public', 'sroi_link'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sroi_owner') THEN
        CREATE ROLE sroi_owner LOGIN NOINHERIT CREATEDB;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sroi_login') THEN
        CREATE ROLE sroi_login LOGIN NOINHERIT;
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        members := members || current_user::text;  -- who made the roles may act as them
    END IF;
    FOREACH role_name IN ARRAY ARRAY['sroi_web', 'sroi_worker', 'sroi_public', 'sroi_link'] LOOP
        FOREACH member IN ARRAY members LOOP
            IF current_setting('server_version_num')::int >= 160000 THEN
                EXECUTE format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE', role_name, member);
            ELSE  -- until PostgreSQL 15 the member's NOINHERIT says the same
                EXECUTE format('GRANT %I TO %I', role_name, member);
            END IF;
        END LOOP;
    END LOOP;
END
$$;
