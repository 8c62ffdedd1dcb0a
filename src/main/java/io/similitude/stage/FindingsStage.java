package io.similitude.stage;

import static java.util.stream.Collectors.toSet;

import io.similitude.analysis.FindingSentence;
import io.similitude.analysis.finding.ComparedNetwork;
import io.similitude.analysis.finding.ComparedView;
import io.similitude.analysis.finding.ExampleSummaries;
import io.similitude.analysis.finding.FindingColumns;
import io.similitude.analysis.finding.FindingKinds;
import io.similitude.analysis.finding.FindingResults;
import io.similitude.analysis.finding.Sentences;
import io.similitude.analysis.finding.SummaryRules;
import io.similitude.analysis.finding.SummaryRules.Summaries;
import io.similitude.analysis.finding.SweepView;
import io.similitude.execution.TaskOutcome;
import io.similitude.plan.FindingPairs;
import io.similitude.plan.ImportedPlan;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.FindingsSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.RunWriter;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the findings from the similarities, and writes them into their tables. */
public final class FindingsStage {

  private static final Logger LOG = LoggerFactory.getLogger(FindingsStage.class);

  private final SweepRun run;
  private final SweepSpec spec;
  private final FindingsSpec settings;

  public FindingsStage(SweepRun run) {
    this.run = run;
    this.spec = run.plan().spec();
    this.settings = spec.findings();
  }

  /** Makes and writes the findings. Returns the sentences about them, the most important first. */
  public List<FindingSentence> execute() throws IOException {
    long start = System.nanoTime();
    if (!settings.isWanted()) {
      write(run.writer(), new FindingResults(), List.of());
      return List.of();
    }
    run.nameJobs(StageName.FINDINGS, "Findings");
    GramFindings grams = GramFindings.read(run, settings);
    grams.failures().forEach(this::fail);
    SweepView sweep = sweep(grams);
    FindingResults found = FindingKinds.find(sweep);
    write(run.writer(), found, influences(grams));
    LOG.info("Findings: {} numbers, {}", found.rows().size(), location());
    run.time(StageName.FINDINGS, System.nanoTime() - start);
    return Sentences.of(found.rows(), examples());
  }

  public String location() {
    return run.folder().location() + "/" + Table.FINDINGS.folder();
  }

  /** The number of examples of the first data set. */
  private long examples() {
    return run.plan().byData().get(0).examples();
  }

  private void fail(ExampleSummaries result) {
    run.fail(
        FailureRow.of(result.label(), StageName.FINDINGS, result.failure()),
        new TaskOutcome(result.failure(), result.damaged().isEmpty(), result.damaged()));
  }

  private SweepView sweep(GramFindings grams) throws IOException {
    List<ComparedNetwork> networks = networks();
    List<ComparedView> views = new ArrayList<>(views());
    List<Summaries> summaries = new ArrayList<>(read(networks, views));
    if (settings.train().isPresent()) {
      TrainingRun train = TrainingRun.open(run, settings.train().get());
      views.addAll(train.views());
      summaries.addAll(train.summaries(rules(networks)));
    }
    SummaryOrder order = new SummaryOrder(networks, views);
    return new SweepView(
        settings,
        spec.seed(),
        networks,
        views,
        order.squares(summaries),
        order.matched(summaries),
        order.crossed(summaries),
        order.labelled(summaries),
        grams.influences(),
        grams.dominances());
  }

  private List<Summaries> read(List<ComparedNetwork> networks, List<ComparedView> views)
      throws IOException {
    Set<String> labels = run.plan().findingPairs().labels();
    List<String> ids =
        Stream.concat(networks.stream().map(ComparedNetwork::id), labels.stream()).toList();
    List<String> shown =
        Stream.of(
                views.stream().map(ComparedView::id),
                Stream.of(ViewSpec.BENIGN.id()),
                spec.datasets().keySet().stream())
            .flatMap(it -> it)
            .distinct()
            .toList();
    return new SummaryReader(run.tables(), rules(networks)).read(ids, shown);
  }

  private SummaryRules rules(List<ComparedNetwork> networks) {
    Map<String, String> runs = new LinkedHashMap<>();
    networks.forEach(it -> runs.put(it.id(), it.run()));
    FindingPairs pairs = run.plan().findingPairs();
    return new SummaryRules(settings, pairs.matchesLayers(), runs, pairs.labels());
  }

  private List<ComparedNetwork> networks() {
    List<ComparedNetwork> networks = new ArrayList<>();
    for (CheckpointSpec it : spec.checkpoints()) {
      String training = it.tags().getOrDefault(settings.unit(), it.id());
      networks.add(new ComparedNetwork(it.id(), training, it.tags()));
    }
    Set<String> labels = run.plan().findingPairs().labels();
    run.plan().representations().stream()
        .map(ImportedPlan::id)
        .filter(id -> !labels.contains(id))
        .distinct()
        .forEach(id -> networks.add(new ComparedNetwork(id, id, Map.of())));
    return networks;
  }

  private List<ComparedView> views() {
    List<ComparedView> views = new ArrayList<>();
    spec.views().forEach(view -> views.add(view(view)));
    Set<String> known = views.stream().map(ComparedView::id).collect(toSet());
    run.plan().representations().stream()
        .flatMap(it -> it.storedUnits().stream())
        .map(unit -> unit.key().view())
        .distinct()
        .filter(id -> !known.contains(id))
        .forEach(id -> views.add(new ComparedView(id, null, null, null)));
    return views;
  }

  private static ComparedView view(ViewSpec view) {
    Object epsilon = view.attack().map(attack -> attack.parameters().get("epsilon")).orElse(null);
    String attack =
        view.attack()
            .map(it -> it.name() + view.craftOn().map(on -> " on " + on).orElse(""))
            .orElse(null);
    return new ComparedView(
        view.id(),
        attack,
        epsilon instanceof Number number ? number.doubleValue() : null,
        view.data().orElse(null));
  }

  private static List<Object[]> influences(GramFindings grams) {
    return grams.influences().stream().flatMap(it -> FindingTables.rows(it).stream()).toList();
  }

  private static void write(RunWriter writer, FindingResults found, List<Object[]> influences)
      throws IOException {
    writer.replace(Table.FINDINGS, found.rows().stream().map(FindingColumns::of).toList());
    writer.replace(Table.NETWORKS, found.networks().stream().map(FindingTables::row).toList());
    writer.replace(Table.CURVES, found.curves().stream().map(FindingTables::row).toList());
    writer.replace(Table.INFLUENCES, influences);
  }
}
