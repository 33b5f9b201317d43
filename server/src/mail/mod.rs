//! Mail: hands letters over. By default each one is a file in the folder `mail` of the data folder, in the form
//! that every mail program opens; whoever runs the store delivers them from there. Where a mail server is set
//! they go to it. A letter may hold a secret link: files and folder are readable by their owner only, no mail
//! server hears one in the clear, and no log says what is in them.

mod folder;
mod message;
mod server;
mod smtp;

pub(crate) use folder::FolderMail;
pub(crate) use server::MailServer;
pub(crate) use smtp::SmtpMail;
