using System.Globalization;
using Unroll.Compiled;
using Unroll.Optimizers;
using Unroll.Parameters;
using Unroll.Running;
using Unroll.Serialization;

namespace Unroll.Fitting;

/// <summary>All that a training needs to go on, as one safetensors file.</summary>
/// <remarks>
/// Tensors are named <c>model/dense1/kernel</c>, <c>slot0/dense1/kernel</c>, <c>average/dense1/kernel</c>, <c>history/loss</c> and
/// <c>callback/EarlyStopping1/best</c>; whole numbers, which single precision cannot hold, stand in the metadata.
/// </remarks>
internal static class TrainingBackup
{
    private const string Epoch = "epoch";
    private const string Seed = "seed";
    private const string Iteration = "iteration";
    private const string LearningRate = "learning_rate";
    private const string Stopped = "stopped";
    private const string OptimizerName = "optimizer";
    private const string LossName = "loss";
    private const string MetricName = "metrics";
    private const string LearningRateSetting = "learning_rate_setting";
    private const string Data = "data";
    private const string HistoryPrefix = "history/";

    public static void Write(string path, FitState state, FitProgress progress) =>
        AtomicFile.Write(path, stream => Write(stream, state, progress, progress.Data.Value));

    /// <param name="stream">Where to write.</param>
    /// <param name="state">The training.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="data">What the training is with, as it will be asked for.</param>
    public static void Write(Stream stream, FitState state, FitProgress progress, string data)
    {
        List<NamedTensor> tensors =
            [.. TensorsOf(state.Instance).Select(static tensor => new NamedTensor(tensor.Name, tensor.Parameter.Shape, tensor.Read()))];
        tensors.AddRange(state.History.Keys.Select(key => Vector(HistoryPrefix + key, [.. state.History[key]])));
        foreach ((string prefix, BackupPart part) in Named(progress.BackupParts))
        {
            var kept = new CallbackState();
            part.Capture(kept);
            tensors.AddRange(kept.Parts.Select(values => Vector(prefix + values.Key, values.Value)));
        }

        OptimizerState optimizer = state.Instance.OptimizerState!;
        SafetensorsFile.Write(stream, tensors, new Dictionary<string, string>
        {
            [Epoch] = progress.NextEpoch.ToString(CultureInfo.InvariantCulture),
            [Seed] = progress.Seed.ToString(CultureInfo.InvariantCulture),
            [Iteration] = optimizer.Iteration.ToString(CultureInfo.InvariantCulture),
            [LearningRate] = optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture),
            [OptimizerName] = optimizer.Optimizer.Name,
            [LossName] = LossNames(state.Instance),
            [MetricName] = MetricNames(state.Instance),
            [LearningRateSetting] = progress.LearningRateSetting,
            [Data] = data,
            [Stopped] = state.StopTraining ? "1" : "0",
        });
    }

    /// <summary>Reads and checks everything before the model changes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model, optimizer, loss, metrics, learning rate or data; the message says
    /// which.</exception>
    public static void Restore(string path, FitState state, FitProgress progress)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        Restore(reader, path, state, progress, progress.Data.Value);
    }

    /// <inheritdoc cref="Restore(string, FitState, FitProgress)"/>
    /// <param name="reader">The open file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="state">The training.</param>
    /// <param name="progress">How far it is; becomes how far it was.</param>
    /// <param name="data">What the training must be with.</param>
    public static void Restore(SafetensorsReader reader, string path, FitState state, FitProgress progress, string data)
    {
        OptimizerState optimizer = state.Instance.OptimizerState!;
        var numbers = new BackupNumbers(path, reader.Metadata);
        int epoch = numbers.Read<int>(Epoch);
        ulong seed = numbers.Read<ulong>(Seed);
        long iteration = numbers.Read<long>(Iteration);
        float learningRate = numbers.Read<float>(LearningRate);
        bool stopped = numbers.Read<int>(Stopped) != 0;
        numbers.Require(OptimizerName, optimizer.Optimizer.Name);
        StateTensor[] states = [.. TensorsOf(state.Instance)];
        string[] prefixes = [HistoryPrefix, .. Named(progress.BackupParts).Select(static pair => pair.Prefix)];
        WeightsMatch match = WeightsMatch.Match(
            path,
            [.. states.Select(static tensor => new TensorSignature(tensor.Name, tensor.Parameter.Shape))],
            reader.Entries.Where(static entry => !IsFree(entry.Name)));
        numbers.Require(LossName, LossNames(state.Instance));
        numbers.Require(MetricName, MetricNames(state.Instance));
        numbers.Require(Data, data);
        numbers.Require(LearningRateSetting, progress.LearningRateSetting);

        SafetensorsEntry[] free = [.. reader.Entries.Where(entry => HasPrefix(entry.Name, prefixes))];
        IReadOnlyList<NamedTensor> tensors = reader.Read([.. match.Matched.Select(static pair => pair.Entry), .. free]);
        NamedTensor[] content = [.. tensors.Skip(states.Length)];
        foreach (NamedTensor tensor in tensors.Take(states.Length))
        {
            ModelWeights.RequireNoNaN(tensor, path);
        }

        RestoreCallbacks(content, progress);

        for (int i = 0; i < states.Length; i++)
        {
            states[i].Write(tensors[i].Values.Span);
        }

        state.Instance.NoteChange();
        optimizer.Iteration = iteration;
        if (optimizer.Optimizer.Schedule is null)
        {
            optimizer.LearningRate = learningRate;
        }

        state.History.Restore(Parts(content, HistoryPrefix));
        state.StopTraining = stopped;
        progress.NextEpoch = epoch;
        progress.Seed = seed;
    }

    private static string LossNames(NetworkInstance instance) => string.Join(", ", instance.Goals.Select(static goal => goal.Loss.Name));

    // The history has a line for each, which goes on.
    private static string MetricNames(NetworkInstance instance) => string.Join(", ", instance.Goals.SelectMany(static goal => goal.MetricNames));

    private static void RestoreCallbacks(NamedTensor[] content, FitProgress progress)
    {
        foreach ((string prefix, BackupPart part) in Named(progress.BackupParts))
        {
            var kept = new CallbackState();
            foreach ((string name, float[] values) in Parts(content, prefix))
            {
                kept.Add(name, values);
            }

            if (kept.Parts.Count > 0)
            {
                part.Restore(kept);
            }
        }
    }

    /// <summary>What must be there, and where it lies.</summary>
    private static IEnumerable<StateTensor> TensorsOf(NetworkInstance instance)
    {
        NetworkDescription network = instance.Network;
        OptimizerState optimizer = instance.OptimizerState!;
        foreach (ParameterDescription parameter in network.Parameters)
        {
            yield return new StateTensor("model/", parameter, instance.ParameterArena.Memory);
        }

        foreach (ParameterDescription parameter in network.Parameters.Where(static parameter => parameter.IsTrained))
        {
            for (int slot = 0; slot < optimizer.Slots.Length; slot++)
            {
                yield return new StateTensor(string.Create(CultureInfo.InvariantCulture, $"slot{slot}/"), parameter, optimizer.Slots[slot]);
            }

            if (!optimizer.Average.IsEmpty)
            {
                yield return new StateTensor("average/", parameter, optimizer.Average);
            }
        }
    }

    private static bool IsFree(string name) =>
        name.StartsWith(HistoryPrefix, StringComparison.Ordinal) || name.StartsWith("callback/", StringComparison.Ordinal);

    private static bool HasPrefix(string name, string[] prefixes) =>
        Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Callbacks by their type and a running number, so that others may be added or left out.</summary>
    private static IEnumerable<(string Prefix, BackupPart Part)> Named(IReadOnlyList<BackupPart> parts) =>
        parts.GroupBy(static part => part.Kind).SelectMany(static group => group.Select((part, i) =>
            (string.Create(CultureInfo.InvariantCulture, $"callback/{group.Key}{i + 1}/"), part)));

    private static IEnumerable<KeyValuePair<string, float[]>> Parts(NamedTensor[] content, string prefix) =>
        from tensor in content
        where tensor.Name.StartsWith(prefix, StringComparison.Ordinal)
        select KeyValuePair.Create(tensor.Name[prefix.Length..], tensor.Values.ToArray());

    private static NamedTensor Vector(string name, float[] values) => new(name, [values.Length], values);

    /// <summary>One parameter, or what is as long as one, in an arena.</summary>
    private sealed record StateTensor(string Prefix, ParameterDescription Parameter, Memory<float> Arena)
    {
        private readonly ParameterLayout _layout = new(Parameter);

        public string Name => Prefix + Parameter.Name;

        public float[] Read() => _layout.Unpack(Arena.Span);

        public void Write(ReadOnlySpan<float> values) => _layout.Pack(values, Arena.Span);
    }
}
