using Unroll.Interop.Networks;

namespace Unroll.Interop.PyTorchFiles;

/// <summary>Finds for each layer of a network its module in a file.</summary>
internal sealed class TorchWeights(ModelBase model, IReadOnlyList<TorchModule> modules, string path)
{
    private readonly Dictionary<TorchPart, TorchModule> _found = [];
    private readonly List<string> _problems = [];

    /// <exception cref="InvalidDataException">The weights are not the network's; all of it is named, and the model is as it was.</exception>
    public void Load(IReadOnlyDictionary<string, string> map)
    {
        List<TorchPart> open = Parts();
        List<TorchModule> free = [.. modules];
        TakeMapped(map, open, free);
        TakeNamed(open, free);
        while (TakeOnly(open, free) || TakeNumbered(open, free))
        {
        }

        // Where layers are unreadable, what fits none may be theirs.
        bool isComplete = _problems.Count == 0;
        foreach (TorchPart part in open)
        {
            TorchModule[] fitting = [.. free.Where(part.Fits)];
            _problems.Add(fitting.Length == 0
                ? $"{part}: the file has no module like this"
                : $"{part}: {string.Join(", ", fitting.Select(static module => $"'{module.Name}'"))} could be it; say with the map which is");
        }

        foreach (TorchModule module in isComplete ? free.Where(module => !open.Exists(part => part.Fits(module))) : [])
        {
            _problems.Add($"the module {module}: {model.GetType().Name} has no layer left that takes it");
        }

        if (_problems.Count > 0)
        {
            throw new InvalidDataException($"{path} has not the weights of {model.GetType().Name}:{string.Concat(_problems.Select(static problem => $"{Environment.NewLine}  {problem}"))}");
        }

        foreach ((Parameter parameter, float[] values) in _found.SelectMany(static pair => pair.Key.Targets.Select(target => (target.Parameter, target.Make(pair.Value.Tensors)))).ToArray())
        {
            parameter.Assign(values);
        }
    }

    private List<TorchPart> Parts()
    {
        ModelLayers network = ModelLayers.Of(model);
        var rules = new TorchRules(model, new TorchOrders(network));
        var parts = new List<TorchPart>();
        foreach (ModelLayer layer in network.Layers.Where(layer => layer.Name == layer.Owner && layer.Kind is not ("Residual" or "TimeDistributed")
            && model.Parameters.Any(parameter => parameter.Name.StartsWith(layer.Owner + "/", StringComparison.Ordinal))))
        {
            try
            {
                parts.AddRange(rules.Parts(layer));
            }
            catch (NotSupportedException exception)
            {
                _problems.Add($"{layer.Name} ({layer.Kind}): {exception.Message}");
            }
        }

        return parts;
    }

    private void TakeMapped(IReadOnlyDictionary<string, string> map, List<TorchPart> open, List<TorchModule> free)
    {
        foreach ((string moduleName, string layer) in map)
        {
            TorchModule module = free.Find(module => module.Name == moduleName)
                ?? throw new ArgumentException($"The map names the module '{moduleName}', and {path} has {string.Join(", ", modules.Select(static module => module.Name))}.", nameof(map));
            TorchPart part = open.Find(part => part.Name == layer)
                ?? throw new ArgumentException($"The map names the layer '{layer}', which {model.GetType().Name} has not with weights, or which has a module already.", nameof(map));
            if (!part.Fits(module))
            {
                _problems.Add($"{part}: the map names the module {module}");
            }

            Take(part, module, open, free);
        }
    }

    private void TakeNamed(List<TorchPart> open, List<TorchModule> free)
    {
        foreach (TorchPart part in open.Where(static part => part.IsNamed).ToArray())
        {
            string name = part.Name.Replace('/', '.');
            TorchModule[] named = [.. free.Where(module => module.Name == name || module.Name.Replace('.', '_') == name.Replace('.', '_'))];
            if (named.Length == 1 && part.Fits(named[0]))
            {
                Take(part, named[0], open, free);
            }
        }
    }

    /// <summary>A layer that one module alone fits, where that fits no other layer.</summary>
    private bool TakeOnly(List<TorchPart> open, List<TorchModule> free)
    {
        foreach (TorchPart part in open)
        {
            TorchModule[] fitting = [.. free.Where(part.Fits).Take(2)];
            if (fitting.Length == 1 && open.Count(other => other.Fits(fitting[0])) == 1)
            {
                Take(part, fitting[0], open, free);
                return true;
            }
        }

        return false;
    }

    /// <summary>As many layers as modules that are all alike, where these differ in numbers alone.</summary>
    private bool TakeNumbered(List<TorchPart> open, List<TorchModule> free)
    {
        foreach (TorchPart part in open)
        {
            TorchModule[] fitting = [.. free.Where(part.Fits)];
            TorchPart[] alike = [.. open.Where(other => fitting.Any(other.Fits))];
            if (fitting.Length > 1 && alike.Length == fitting.Length && alike.All(other => fitting.All(other.Fits))
                && fitting.Select(static module => NaturalOrder.WithoutNumbers(module.Name)).Distinct().Count() == 1)
            {
                foreach ((TorchPart one, TorchModule module) in alike.Zip(fitting).ToArray())
                {
                    Take(one, module, open, free);
                }

                return true;
            }
        }

        return false;
    }

    private void Take(TorchPart part, TorchModule module, List<TorchPart> open, List<TorchModule> free)
    {
        _found.Add(part, module);
        open.Remove(part);
        free.Remove(module);
    }
}
