package io.callisto.server.kafkaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callisto.domain.Requirement;
import io.callisto.server.cluster.ClusterFailure;
import org.junit.jupiter.api.Test;

/** What every store of revisions promises. */
abstract class RevisionStoreContract {
    /** An empty store; the same one in each call of a test. */
    abstract RevisionStore store();

    @Test
    @Requirement("EV-7")
    void revisions_follow_one_another_and_the_same_answers_make_no_new_one() {
        RevisionStore store = store();
        HaRevisions revisions = new HaRevisions(store, TestPlans.ids());
        assertThat(store.current()).isZero();
        assertThat(store.present()).isEmpty();
        HaRevisions.Made first = revisions.enable(revisions.plan(TestPlans.answers("a:1", "b:1", "c:1")));
        assertThat(first.changed()).isTrue();
        HaRevisions.Made again = revisions.enable(revisions.plan(TestPlans.answers("a:1", "b:1", "c:1")));
        assertThat(again.changed()).isFalse();
        assertThat(again.revision()).isEqualTo(first.revision());
        HaRevisions.Made second = revisions.enable(revisions.plan(TestPlans.answers("a:1", "b:1", "d:1")));
        assertThat(second.revision().number()).isEqualTo(2);
        assertThat(second.revision().follows()).isEqualTo(1);
        assertThat(store.find(1)).contains(first.revision());
        assertThat(revisions.undo()).isEqualTo(1);
        assertThat(store.present()).contains(first.revision());
        HaRevisions.Made third = revisions.enable(revisions.plan(TestPlans.answers("a:1", "b:1", "e:1")));
        assertThat(third.revision().number()).isEqualTo(3);
        assertThat(third.revision().follows()).isEqualTo(1);
        assertThat(revisions.undo()).isEqualTo(1);
        assertThat(revisions.undo()).isZero();
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(revisions::undo)
                .withMessageContaining("nothing");
    }

    @Test
    void the_slower_of_two_operators_is_refused() {
        RevisionStore store = store();
        store.add(Revision.of(1, 0, TestPlans.plan("a:1", "b:1", "c:1")));
        Revision late = Revision.of(2, 0, TestPlans.plan("a:1", "b:1", "d:1"));
        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> store.add(late))
                .withMessageContaining("same time");
        assertThatExceptionOfType(ClusterFailure.class).isThrownBy(() -> store.select(0, 1));
        assertThat(store.current()).isEqualTo(1);
        assertThat(store.find(2)).isEmpty();
    }

    @Test
    void it_remembers_who_has_pulled_what() {
        RevisionStore store = store();
        store.applied(new RevisionStore.Applied(2, 1, "x", "h2"));
        store.applied(new RevisionStore.Applied(1, 1, "y", "h1"));
        store.applied(new RevisionStore.Applied(2, 3, "z", "h2"));
        assertThat(store.applied())
                .containsExactly(
                        new RevisionStore.Applied(1, 1, "y", "h1"), new RevisionStore.Applied(2, 3, "z", "h2"));
    }
}
