using Unroll.Interop.Networks;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Operators that leave values as they are.</summary>
internal static class PlainRules
{
    public static void Identity(OnnxCall call)
    {
        if (call.Scores(0) is AttentionScores scores)
        {
            call.Translation.Give(call.Node.Output[0], scores);
        }
        else if (call.Translation.Loose(call.Node.Input[0]) is LooseValue loose)
        {
            call.Give(loose);
        }
        else
        {
            call.Give(call.Batched());
        }
    }

    public static void Cast(OnnxCall call)
    {
        var type = (DataType)call.Int("to", 0);
        call.Int("saturate", 1);
        bool isOfIds = type is DataType.Int64 or DataType.Int32
            && call.Translation.Links.Readers(call.Node.Output[0]).All(reader => reader.OpType == "Gather" && reader.Input[1] == call.Node.Output[0]);
        if (type == DataType.Float || isOfIds)
        {
            Identity(call);
            return;
        }

        throw OnnxCall.Refusal("to", $"networks compute in float32, and the file says {type}", "export the model in float32");
    }

    /// <summary>Names for the probabilities, which a note tells.</summary>
    public static void ZipMap(OnnxCall call)
    {
        Identity(call);
        call.ReadAll();
    }

    /// <summary>Kept, as it matters once the network trains on.</summary>
    public static void Dropout(OnnxCall call)
    {
        if (call.Scores(0) is not null)
        {
            Identity(call);
            call.ReadAll();
            return;
        }

        OnnxValue x = call.Each();
        float rate = call.Has(1) ? call.Required(1, "ratio").AsFloats().FirstOrDefault() : call.Float("ratio", 0.5f);
        call.Int("seed", 0);
        if (rate is not (>= 0 and < 1))
        {
            throw OnnxCall.Refusal("ratio", $"a share below 1 is expected, and the file says {rate}", "export the model again");
        }

        NetworkNode node = call.Add(typeof(DropoutAttribute), x);
        node.Attribute!.Set("rate", rate);
        call.Give(x with { Node = node });
    }

    /// <summary>What takes shapes apart has nothing to do with values.</summary>
    public static void Constant(OnnxCall call) => throw OnnxCall.Refusal(
        null, "parts of a value are taken, for which there is no layer", "build the model without it");
}
