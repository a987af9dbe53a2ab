using System.Text;

namespace Unroll.Interop.KerasFiles;

/// <summary>Writes the parts of one class, a network or a block, and gathers its parameters.</summary>
internal sealed class ClassBuilder(KerasModel model, string className, ClassFile file)
{
    private readonly List<string> _lines = [];
    private readonly ClassNames _taken = new(file.Report);
    private readonly Dictionary<KerasValue, string> _names = [];
    private readonly Dictionary<string, string> _usedBy = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _activated = new(StringComparer.Ordinal);
    private readonly List<ClassParameter> _parameters = [];
    private KerasValue _above;

    public IReadOnlyList<ImportedValue> Inputs { get; private set; } = [];

    public IReadOnlyList<ImportedValue> Outputs { get; private set; } = [];

    /// <summary>The parameters under the names that the class gives them.</summary>
    public IReadOnlyList<ClassParameter> Parameters => _parameters;

    /// <summary>The class's text.</summary>
    public string Text(string summary) => new StringBuilder()
        .Append("/// <summary>").Append(summary).AppendLine("</summary>")
        .AppendJoin("", _lines.Select(static line => line + Environment.NewLine))
        .Append("public sealed partial class ").Append(className).AppendLine(";")
        .ToString();

    public void BuildNetwork()
    {
        KerasInput[] inputs = [.. model.Inputs];
        if (inputs.Length == 1 && IsUnnamed(inputs[0].Layer))
        {
            _lines.Add($"[Network({string.Join(", ", inputs[0].Shape)})]");
            DeclareInput(inputs[0], "input");
        }
        else
        {
            _lines.Add("[Network]");
            foreach (KerasInput input in inputs)
            {
                string name = _taken.Claim(input.Layer, input.Layer);
                _lines.Add($"[Input(\"{name}\", {string.Join(", ", input.Shape)})]");
                DeclareInput(input, name);
            }
        }

        Inputs = [.. inputs.Select(input => new ImportedValue(input.Layer, _names[new KerasValue(input.Layer, 0)]))];
        AddCalls(hasOutputs: model.Outputs.Count > 1);
    }

    /// <summary>A block that a nested model becomes.</summary>
    /// <param name="path">Of the model, for messages.</param>
    public void BuildBlock(string path)
    {
        if (model.Inputs.Count != 1 || model.Outputs.Count != 1)
        {
            file.Report.Problems.Add(new ImportProblem(
                path, "Functional", null, $"a block has one input and one output, and it has {model.Inputs.Count} and {model.Outputs.Count}",
                "call its layers in the outer model"));
        }

        _lines.Add("[Block]");
        DeclareInput(model.Inputs[0], "input");
        AddCalls(hasOutputs: false);
    }

    /// <summary>A block of one layer that is called several times.</summary>
    public void BuildShared(KerasLayer layer)
    {
        _lines.Add("[Block]");
        AddLayer(layer, new KerasCall(layer, 0, []), _taken.Claim(Identifiers.SnakeCase(layer.ClassName), layer.Path));
    }

    private static bool IsUnnamed(string name) => name == "input" || name.StartsWith("input_layer", StringComparison.Ordinal);

    private void DeclareInput(KerasInput input, string name)
    {
        _taken.Add(name);
        _above = new KerasValue(input.Layer, 0);
        _names[_above] = name;
    }

    private void AddCalls(bool hasOutputs)
    {
        ILookup<string, KerasCall> calls = model.Calls.ToLookup(static call => call.Layer.Name, StringComparer.Ordinal);
        var outputs = new List<ImportedValue>();
        foreach (KerasCall call in model.Calls)
        {
            var value = new KerasValue(call.Layer.Name, call.Index);
            // The first to stand in the class, which need not be the first that was called, has the layer's name.
            int before = _names.Keys.Count(known => known.Layer == call.Layer.Name);
            string name = _taken.Claim(before == 0 ? call.Layer.Name : $"{call.Layer.Name}_{before + 1}", call.Layer.Path, isGiven: before == 0);
            Add(call, name, calls[call.Layer.Name].Count() > 1);
            _names[value] = _activated.GetValueOrDefault(name, name);
            _above = value;
            foreach (KerasOutput output in model.Outputs.Where(output => output.Value == value))
            {
                string outputName = hasOutputs ? Identifiers.Layer(output.Name) : "output";
                outputs.Add(new ImportedValue(output.Name, outputName));
                if (hasOutputs)
                {
                    _lines.Add($"[Output(\"{outputName}\")]");
                }
            }
        }

        Outputs = outputs;
    }

    private void Add(KerasCall call, string name, bool isShared)
    {
        KerasLayer layer = call.Layer;
        bool holdsParameters = layer.Inner is not null || KerasRules.Find(layer.ClassName)?.Weights(layer.Config).Any() == true;
        if (layer.Inner is null && !(isShared && holdsParameters))
        {
            AddLayer(layer, call, name);
            return;
        }

        if (_usedBy.TryGetValue(layer.Name, out string? first))
        {
            _lines.Add(Use(call, name, $"Shared = \"{first}\", "));
            return;
        }

        // Uses of a block share parameters; a block of one that is applied to each step is used where that is called several times.
        ClassBuilder block = file.AddBlock(isShared && layer.IsOfEachStep ? layer with { ClassName = "Functional", Inner = KerasModel.Of(Steps(layer)) } : layer);
        _usedBy[layer.Name] = name;
        _parameters.AddRange(block.Parameters.Select(parameter => parameter with { Name = $"{name}/{parameter.Name}" }));
        _lines.Add(Use(call, name, "", layer.IsOfEachStep && !isShared ? Wrappers.TimeDistributed : "Use"));
    }

    private static KerasLayer Steps(KerasLayer layer) => layer with { Name = "steps", Path = layer.Path + "/steps" };

    private string Use(KerasCall call, string name, string shared, string way = "Use")
    {
        if (call.States.Count > 0)
        {
            file.Report.Problems.Add(new ImportProblem(
                call.Layer.Path, call.Layer.ClassName, "call(initial_state=...)", "a layer that is called several times is a block, which has one input", "call it once, or give it no states"));
        }

        string from = call.Inputs.Count == 1 ? From(call.Inputs[0]) : "";
        return $"[{way}<{file.BlockOf(call.Layer)}>({shared}Name = \"{name}\"{(from.Length > 0 ? $", From = \"{from}\"" : "")})]";
    }

    private void AddLayer(KerasLayer layer, KerasCall call, string name)
    {
        if (LayerReading.Read(layer, file.Report) is not LayerReading reading)
        {
            return;
        }

        if (reading.Attribute.TypesOf("inputs").Any())
        {
            reading.Attribute.Set("inputs", call.Inputs.Select(Name).ToArray());
        }
        else if (call.Inputs.Count > 1 && reading.Attribute.TypesOf("Query").Any())
        {
            // Query, value and, where it is another, key; all the same is self-attention.
            string[] read = [.. call.Inputs.Select(Name)];
            foreach ((string argument, string value) in new[] { "Query", "Value", "Key" }.Zip(read).Where(_ => read.Distinct(StringComparer.Ordinal).Count() > 1))
            {
                reading.Attribute.Set(argument, value);
            }

            if (read.Distinct(StringComparer.Ordinal).Count() == 1 && From(call.Inputs[0]) is { Length: > 0 } only)
            {
                reading.Attribute.Set("From", only);
            }
        }
        else if (call.Inputs.Count > 1)
        {
            reading.Refuse(null, $"it reads {call.Inputs.Count} values where one is expected", "merge them first");
        }
        else if (call.Inputs.Count == 1 && From(call.Inputs[0]) is { Length: > 0 } from)
        {
            reading.Attribute.Set("From", from);
        }

        if (call.States.Count > 0)
        {
            reading.Attribute.Set("InitialState", call.States.Select(Name).ToArray());
        }

        if (call.IsCausal)
        {
            reading.Attribute.Set("Causal", true);
        }

        AddLines(layer, call, reading, name);

        _parameters.AddRange(KerasRules.Find(layer.ClassName)!.Weights(layer.Config).Select(
            (weight, index) => new ClassParameter($"{name}/{weight}", layer, index)));
    }

    private void AddLines(KerasLayer layer, KerasCall call, LayerReading reading, string name)
    {
        OldMeanings.Check(layer, file.Dialect, reading);
        bool isOldSigmoid = OldMeanings.IsHardSigmoid(layer, file.Dialect);
        bool isActivation = isOldSigmoid && layer.ClassName == "Activation";
        if (isOldSigmoid && !isActivation)
        {
            reading.Attribute.Unset("activation");
        }

        reading.Attribute.Set("Name", name);
        if (file.Report.Problems.Count > 0)
        {
            return;
        }

        if (isActivation)
        {
            // What the layer reads goes through the scale first.
            _lines.Add(OldMeanings.Scale(call.Inputs.Count == 1 ? From(call.Inputs[0]) : ""));
            reading.Attribute.Unset("From");
        }

        _lines.Add(reading.Attribute.ToString());
        if (isOldSigmoid && !isActivation)
        {
            _lines.Add(OldMeanings.Scale(""));
            string activated = _taken.Claim($"{name}_activation", layer.Path, isGiven: false);
            _lines.Add(OldMeanings.HardSigmoid(activated));
            _activated[name] = activated;
        }
    }

    private string From(KerasValue value) => value == _above ? "" : Name(value);

    private string Name(KerasValue value) => _names.TryGetValue(value, out string? name)
        ? name
        : throw new InvalidDataException($"config.json, {model.Name}: a layer reads '{value.Layer}', which is not above it.");
}
