namespace Unroll.Interop.KerasFiles;

/// <summary>Calls in an order in which each finds its values above it.</summary>
internal static class CallOrder
{
    // Beyond any model, and few enough for steps that look at every other call.
    private const int Most = 10_000;

    /// <summary>As the file has them as far as that goes.</summary>
    public static IReadOnlyList<KerasCall> Sort(
        IReadOnlyList<KerasCall> calls, IReadOnlyList<KerasInput> inputs, IReadOnlyList<KerasOutput> outputs, string model)
    {
        if (calls.Count > Most)
        {
            throw new InvalidDataException($"config.json, {model}: {calls.Count} calls of layers; up to {Most} are read.");
        }

        var byValue = new Dictionary<KerasValue, KerasCall>();
        foreach (KerasCall call in calls)
        {
            if (!byValue.TryAdd(new KerasValue(call.Layer.Name, call.Index), call))
            {
                throw new InvalidDataException($"config.json, {model}: two layers are called '{call.Layer.Name}'.");
            }
        }

        var done = new HashSet<KerasValue>(inputs.Select(static input => new KerasValue(input.Layer, 0)));
        foreach (KerasOutput output in outputs.Where(output => !byValue.ContainsKey(output.Value)))
        {
            throw new InvalidDataException($"config.json, {model}: the output '{output.Name}' is the value of no layer.");
        }

        var sorted = new List<KerasCall>();
        var waiting = new List<KerasCall>(calls);
        while (waiting.Count > 0)
        {
            int before = waiting.Count;
            waiting.RemoveAll(call =>
            {
                if (!call.Reads.All(done.Contains))
                {
                    return false;
                }

                done.Add(new KerasValue(call.Layer.Name, call.Index));
                sorted.Add(call);
                return true;
            });
            if (waiting.Count == before)
            {
                KerasCall stuck = waiting[0];
                throw new InvalidDataException(
                    $"config.json, {stuck.Layer.Path}: it reads '{stuck.Reads.First(value => !done.Contains(value)).Layer}', which is no layer or depends on it.");
            }
        }

        return sorted;
    }
}
