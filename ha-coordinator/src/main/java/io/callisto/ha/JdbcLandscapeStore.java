package io.callisto.ha;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is there to own scopes, over the one lease connection. Used by one thread. */
final class JdbcLandscapeStore {
    /** One statement: living servers, what each owns, and who had what is free now. */
    private static final String LANDSCAPE = """
        select 'SERVICE' as what, n.server, s.service as name, 1 as count
        from ha_node n cross join lateral unnest(n.services) as s (service)
        where n.state = 'RUNNING' and n.heartbeat_at > clock_timestamp() - :silent * interval '1 millisecond'
        union all
        select 'FRESH', n.server, s.service, 1
        from ha_node n cross join lateral unnest(n.services) as s (service)
        where n.state = 'RUNNING' and n.started_at > clock_timestamp() - :fresh * interval '1 millisecond'
        union all
        select 'ROLE', n.server, substring(l.scope from '^[^/]*/?'), count(*)
        from ha_lease l join ha_node n on n.node_id = l.owner
        where l.state <> 'RELEASED' and l.expires_at > clock_timestamp() and n.state not in ('DEAD', 'STOPPED')
        group by 2, 3
        union all
        select 'LAST', n.server, l.scope, 1
        from ha_lease l join ha_node n on n.node_id = l.owner where l.scope = any (:scopes::text[])\
        """;

    private static final String WISHED = """
        select w.scope, w.server, n.services,
               floor(extract(epoch from clock_timestamp() - n.started_at) * 1000)::bigint as alive_millis
        from scope_wish w join ha_node n on n.server = w.server
        where w.scope = any (:scopes::text[]) and n.state = 'RUNNING'
          and n.heartbeat_at > clock_timestamp() - :silent * interval '1 millisecond'\
        """;

    /** Until its connections are open and its takeover is rehearsed, which takes some seconds. */
    static final long FRESH_MILLIS = 8_000;

    private final JdbcClient jdbc;
    private final long silentMillis;

    JdbcLandscapeStore(JdbcClient jdbc, long silentMillis) {
        this.jdbc = jdbc;
        this.silentMillis = silentMillis;
    }

    Landscape landscape(Collection<Scope> free) {
        Map<String, Set<String>> services = new HashMap<>();
        Map<String, Map<String, Integer>> roles = new HashMap<>();
        Map<Scope, String> previous = new HashMap<>();
        Map<String, Set<String>> fresh = new HashMap<>();
        jdbc.sql(LANDSCAPE)
                .param("silent", silentMillis)
                .param("fresh", FRESH_MILLIS)
                .param("scopes", names(free))
                .query(row -> {
                    String server = row.getString("server");
                    String name = row.getString("name");
                    switch (row.getString("what")) {
                        case "SERVICE" ->
                            services.computeIfAbsent(server, key -> new HashSet<>())
                                    .add(name);
                        case "FRESH" ->
                            fresh.computeIfAbsent(server, key -> new HashSet<>())
                                    .add(name);
                        case "ROLE" ->
                            roles.computeIfAbsent(server, key -> new HashMap<>())
                                    .merge(name, row.getInt("count"), Integer::sum);
                        default -> previous.put(new Scope(name), server);
                    }
                });
        return new Landscape(services, roles, previous, fresh);
    }

    List<WishedServer> wishedServers(Collection<Scope> scopes) {
        List<WishedServer> wished = new ArrayList<>();
        jdbc.sql(WISHED)
                .param("silent", silentMillis)
                .param("scopes", names(scopes))
                .query(row -> {
                    wished.add(new WishedServer(
                            new Scope(row.getString("scope")),
                            row.getString("server"),
                            texts(row.getArray("services")),
                            row.getLong("alive_millis")));
                });
        return wished;
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    private static String[] names(Collection<Scope> scopes) {
        return scopes.stream().map(Scope::value).toArray(String[]::new);
    }
}
