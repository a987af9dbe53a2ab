using System.Security;
using System.Text;

namespace Unroll.Interop.KerasFiles;

/// <summary>The file of an imported network: the class and the blocks that it uses.</summary>
internal sealed class ClassFile(string className, ImportReport report, KerasDialect dialect)
{
    private readonly Dictionary<string, string> _blockNames = new(StringComparer.Ordinal);
    private readonly List<string> _blocks = [];

    public ImportReport Report => report;

    public KerasDialect Dialect => dialect;

    /// <summary>The class of the block that a layer has become.</summary>
    public string BlockOf(KerasLayer layer) => _blockNames[layer.Path];

    public ClassBuilder AddBlock(KerasLayer layer)
    {
        string name = className + Identifiers.Pascal(layer.Path);
        while (_blockNames.ContainsValue(name))
        {
            name += "Block";
        }

        _blockNames.Add(layer.Path, name);
        var block = new ClassBuilder(layer.Inner ?? new KerasModel(layer.Name, [], [], []), name, this);
        if (layer.Inner is null)
        {
            block.BuildShared(layer);
        }
        else
        {
            block.BuildBlock(layer.Path);
        }

        _blocks.Add(block.Text(layer.Inner is null
            ? $"The layer {SecurityElement.Escape(layer.Path)}, which is called several times."
            : $"The model {SecurityElement.Escape(layer.Path)} within."));
        return block;
    }

    public string Text(ClassBuilder network, string modelName, string file, string? nameSpace)
    {
        var text = new StringBuilder();
        foreach (string note in report.Notes)
        {
            text.AppendLine($"// {note.ReplaceLineEndings(" ")}");
        }

        text.AppendLine("using Unroll;").AppendLine();
        if (nameSpace is not null)
        {
            text.AppendLine($"namespace {nameSpace};").AppendLine();
        }

        text.Append(network.Text($"The model {SecurityElement.Escape(modelName)} of {SecurityElement.Escape(file)}."));
        foreach (string block in _blocks)
        {
            text.AppendLine().Append(block);
        }

        return text.ToString();
    }
}
