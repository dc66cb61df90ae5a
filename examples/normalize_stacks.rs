//! Writes the canonical text of stacks, for tests that compare it with the official SDK's. Each
//! line of the input is a JSON array of name, message and stack, each of the output its text or
//! `null`.

use ferrum::stack_trace::normalize;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lines() {
        let (name, message, stack): (String, String, String) = serde_json::from_str(&line?)?;
        println!("{}", serde_json::to_string(&normalize(&name, &message, &stack))?);
    }
    Ok(())
}
