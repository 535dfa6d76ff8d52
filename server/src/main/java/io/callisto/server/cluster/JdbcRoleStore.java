package io.callisto.server.cluster;

import io.callisto.server.process.PostgresAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Who owns what, as the database says. */
final class JdbcRoleStore {
    private static final String ROLES = """
            select l.scope, n.server, n.process, l.epoch,
                   case when l.state <> 'RELEASED' and l.expires_at < clock_timestamp() then 'EXPIRED' else l.state end,
                   extract(epoch from clock_timestamp() - f.changed_at)::bigint
            from ha_lease l
            join ha_fence f using (scope)
            left join ha_node n on n.node_id = l.owner
            order by l.scope""";

    private final DataSource dataSource;

    JdbcRoleStore(String url, String user, String password) {
        this.dataSource = PostgresAccess.of(url, user, password, "callisto-status", 5);
    }

    /** The roles; none where the database does not answer or has no schema yet. */
    List<ClusterStatus.RoleStatus> roles() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ROLES);
                ResultSet rows = statement.executeQuery()) {
            List<ClusterStatus.RoleStatus> roles = new ArrayList<>();
            while (rows.next()) {
                roles.add(new ClusterStatus.RoleStatus(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getString(5),
                        rows.getLong(6)));
            }
            return roles;
        } catch (SQLException e) {
            return List.of();
        }
    }
}
