using System.Globalization;
using Unroll.Compiled;

namespace Unroll.Serialization;

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
    private const string LearningRateSetting = "learning_rate_setting";
    private const string Data = "data";
    private const string HistoryPrefix = "history/";

    public static void Write(string path, TrainingContext context, FitProgress progress) =>
        AtomicFile.Write(path, stream => Write(stream, context, progress, progress.Data.Value));

    /// <param name="stream">Where to write.</param>
    /// <param name="context">The training.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="data">What the training is with, as it will be asked for.</param>
    public static void Write(Stream stream, TrainingContext context, FitProgress progress, string data)
    {
        List<NamedTensor> tensors =
            [.. StateTensors(context).Select(static state => new NamedTensor(state.Name, state.Parameter.Shape, state.Read()))];
        tensors.AddRange(context.History.Keys.Select(key => Vector(HistoryPrefix + key, [.. context.History[key]])));
        foreach ((string prefix, Callback callback) in Named(progress.Callbacks))
        {
            var state = new CallbackState();
            callback.CaptureState(state);
            tensors.AddRange(state.Parts.Select(part => Vector(prefix + part.Key, part.Value)));
        }

        SafetensorsFile.Write(stream, tensors, new Dictionary<string, string>
        {
            [Epoch] = progress.NextEpoch.ToString(CultureInfo.InvariantCulture),
            [Seed] = progress.Seed.ToString(CultureInfo.InvariantCulture),
            [Iteration] = context.Model.OptimizerState!.Iteration.ToString(CultureInfo.InvariantCulture),
            [LearningRate] = context.LearningRate.ToString("R", CultureInfo.InvariantCulture),
            [OptimizerName] = context.Optimizer.Name,
            [LossName] = LossNames(context),
            [LearningRateSetting] = progress.LearningRateSetting,
            [Data] = data,
            [Stopped] = context.StopTraining ? "1" : "0",
        });
    }

    /// <summary>Reads and checks everything before the model changes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model, optimizer, loss, learning rate or data; the message says
    /// which.</exception>
    public static void Restore(string path, TrainingContext context, FitProgress progress)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        Restore(reader, path, context, progress, progress.Data.Value);
    }

    /// <inheritdoc cref="Restore(string, TrainingContext, FitProgress)"/>
    /// <param name="reader">The open file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="context">The training.</param>
    /// <param name="progress">How far it is; becomes how far it was.</param>
    /// <param name="data">What the training must be with.</param>
    public static void Restore(SafetensorsReader reader, string path, TrainingContext context, FitProgress progress, string data)
    {
        var numbers = new BackupNumbers(path, reader.Metadata);
        int epoch = numbers.Read<int>(Epoch);
        ulong seed = numbers.Read<ulong>(Seed);
        long iteration = numbers.Read<long>(Iteration);
        float learningRate = numbers.Read<float>(LearningRate);
        bool stopped = numbers.Read<int>(Stopped) != 0;
        numbers.Require(OptimizerName, context.Optimizer.Name);
        StateTensor[] states = [.. StateTensors(context)];
        string[] prefixes = [HistoryPrefix, .. Named(progress.Callbacks).Select(static pair => pair.Prefix)];
        WeightsMatch match = WeightsMatch.Match(
            path,
            [.. states.Select(static state => new TensorSignature(state.Name, state.Parameter.Shape))],
            reader.Entries.Where(static entry => !IsFree(entry.Name)));
        numbers.Require(LossName, LossNames(context));
        numbers.Require(Data, data);
        numbers.Require(LearningRateSetting, progress.LearningRateSetting);

        SafetensorsEntry[] free = [.. reader.Entries.Where(entry => HasPrefix(entry.Name, prefixes))];
        IReadOnlyList<NamedTensor> tensors = reader.Read([.. match.Matched.Select(static pair => pair.Entry), .. free]);
        NamedTensor[] content = [.. tensors.Skip(states.Length)];
        foreach (NamedTensor tensor in tensors.Take(states.Length))
        {
            ModelWeights.RequireNoNaN(tensor, path);
        }

        RestoreCallbacks(content, context, progress);

        for (int i = 0; i < states.Length; i++)
        {
            states[i].Write(tensors[i].Values.Span);
        }

        context.Model.NoteChange();
        context.Model.OptimizerState!.Iteration = iteration;
        if (context.Optimizer.Schedule is null)
        {
            context.LearningRate = learningRate;
        }

        context.History.Restore(Parts(content, HistoryPrefix));
        context.StopTraining = stopped;
        progress.NextEpoch = epoch;
        progress.Seed = seed;
    }

    private static string LossNames(TrainingContext context) => string.Join(", ", context.Model.Goals.Select(static goal => goal.Loss.Name));

    private static void RestoreCallbacks(NamedTensor[] content, TrainingContext context, FitProgress progress)
    {
        foreach ((string prefix, Callback callback) in Named(progress.Callbacks))
        {
            var state = new CallbackState();
            foreach ((string name, float[] values) in Parts(content, prefix))
            {
                state.Add(name, values);
            }

            if (state.Parts.Count > 0)
            {
                callback.RestoreState(context, state);
            }
        }
    }

    /// <summary>What must be there, and where it lies.</summary>
    private static IEnumerable<StateTensor> StateTensors(TrainingContext context)
    {
        NetworkDescription network = context.Model.Network;
        OptimizerState state = context.Model.OptimizerState!;
        foreach (ParameterDescription parameter in network.Parameters)
        {
            yield return new StateTensor("model/", parameter, context.Model.ParameterArena.Memory);
        }

        foreach (ParameterDescription parameter in network.Parameters.Where(static parameter => parameter.IsTrained))
        {
            for (int slot = 0; slot < state.Slots.Length; slot++)
            {
                yield return new StateTensor(string.Create(CultureInfo.InvariantCulture, $"slot{slot}/"), parameter, state.Slots[slot]);
            }

            if (!state.Average.IsEmpty)
            {
                yield return new StateTensor("average/", parameter, state.Average);
            }
        }
    }

    private static bool IsFree(string name) =>
        name.StartsWith(HistoryPrefix, StringComparison.Ordinal) || name.StartsWith("callback/", StringComparison.Ordinal);

    private static bool HasPrefix(string name, string[] prefixes) =>
        Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Callbacks by their type and a running number, so that others may be added or left out.</summary>
    private static IEnumerable<(string Prefix, Callback Callback)> Named(IReadOnlyList<Callback> callbacks) =>
        callbacks.GroupBy(static callback => callback.GetType().Name).SelectMany(static group => group.Select((callback, i) =>
            (string.Create(CultureInfo.InvariantCulture, $"callback/{group.Key}{i + 1}/"), callback)));

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
